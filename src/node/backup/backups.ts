import { join } from 'node:path';
import type { BackupState } from '../../core/backup/backupHealth';
import { isBackupDue } from '../../core/backup/schedule';
import { isPipelineError, PipelineError } from '../../core/errors';
import type { Configuration } from '../../core/model/configuration';
import type { Ports, Skipped } from '../../core/ports';
import type { KeyPair } from './ageStream';
import { type Archive, ArchiveFolder, nameOf } from './archiveFolder';
import type { BackupSecrets, OpeningKeys, SealingKey } from './backupKeys';
import { backupSources } from './backupSources';
import { type CheckRequest, testArchive, type Verified, verifyArchive } from './checkArchive';
import { type Restored, type RestoreRequest, restoreBackup } from './restoreBackup';
import type { RecordsTest } from './testRecords';

export interface CreateOptions {
  /** Why, for the log of changes: "asked for", "scheduled", "deploy 1.2.0". */
  readonly reason: string;
  /** Absolute path of the archive; else one in the folder of archives, where old ones then expire. */
  readonly out?: string;
  /** Without it, the configured recipients, else the passphrase. */
  readonly key?: SealingKey;
  readonly signal?: AbortSignal;
}

export interface Created {
  readonly path: string;
  readonly files: number;
  /** Size of the encrypted file. */
  readonly bytes: number;
  /** Public keys; none with a passphrase. */
  readonly recipients: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Names of archives that were no longer kept. */
  readonly removed: readonly string[];
}

interface ReadOptions {
  readonly keys?: OpeningKeys;
  readonly signal?: AbortSignal;
}

/** Encrypted backups of one workspace, and what brings them back. */
export class Backups {
  readonly #archives: ArchiveFolder;

  constructor(
    /** The workspace's folder. */
    private readonly workspace: string,
    private readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'audit' | 'clock' | 'log' | 'access'>,
    private readonly configuration: Configuration,
    private readonly secrets: BackupSecrets,
  ) {
    this.#archives = new ArchiveFolder(workspace, configuration.backup, ports);
  }

  get #root(): string {
    return join(this.workspace, '.claude-pm');
  }

  /** Absolute path of the folder of archives. */
  get folder(): string {
    return this.#archives.path;
  }

  /** What a backup would be encrypted with; undefined where there is neither a recipient nor a passphrase. */
  async sealingKey(): Promise<SealingKey | undefined> {
    const { recipients } = this.configuration.backup;
    if (recipients.length > 0) return { kind: 'recipients', recipients };
    const passphrase = await this.secrets.passphrase();
    return passphrase === undefined ? undefined : { kind: 'passphrase', passphrase };
  }

  /**
   * @throws PipelineError ILLEGAL_STATE (no key), INVALID_CONFIGURATION (a recipient that is none), LOCKED, STORAGE_FAILED,
   * PERMISSION_DENIED, CANCELLED; no archive is left then
   */
  create(options: CreateOptions): Promise<Created> {
    const { store, audit, clock } = this.ports;
    return store.exclusive(async () => {
      const key = options.key ?? (await this.sealingKey());
      if (key === undefined) throw noKey();
      const createdAt = clock.now();
      const target = options.out ?? (await this.#archives.freePath(createdAt));
      if (options.out === undefined) await this.#archives.prepare();
      const { sources, skipped } = await backupSources(this.#root, this.ports);
      const { writeArchive } = await import('./archive');
      const { signal, reason } = options;
      const written = await writeArchive({
        target,
        key,
        createdAt,
        files: sources,
        ...(signal ? { signal } : {}),
      });
      const { bytes } = written;
      const files = written.manifest.files.length;
      const recipients = key.kind === 'recipients' ? key.recipients : [];
      await audit.record('backup.created', nameOf(target), {
        reason,
        files,
        bytes,
        encryption: key.kind,
        recipients,
      });
      const removed = options.out === undefined ? await this.#archives.removeExpired() : [];
      return { path: target, files, bytes, recipients, skipped, removed };
    });
  }

  /** A new key, which the caller keeps: it is stored nowhere. */
  async newKeyPair(): Promise<KeyPair> {
    return (await import('./archive')).generateKeyPair();
  }

  /** The public key of a secret one. @throws PipelineError INVALID_INPUT; the secret is not shown */
  async recipientOf(identity: string): Promise<string> {
    return (await import('./archive')).recipientOf(identity);
  }

  /** The scheduled backup: made where one is due and there is a key. Of several windows one makes it. */
  async createIfDue(signal?: AbortSignal): Promise<Created | undefined> {
    if (!(await this.#isDue()) || (await this.sealingKey()) === undefined) return undefined;
    return this.ports.store.exclusive(async () => {
      if (!(await this.#isDue())) return undefined;
      return this.create({ reason: 'scheduled', ...(signal ? { signal } : {}) });
    });
  }

  /**
   * Before every deployment, where that is wanted and there is a key. A backup that fails is told in the log, and refuses the deployment
   * only where backups are required.
   * @throws PipelineError as `create`, and ILLEGAL_STATE without a key, where `backup.required`
   */
  async beforeDeployment(what: string, templateId: string): Promise<void> {
    const { beforeDeployment, required } = this.configuration.backup;
    const { log, audit } = this.ports;
    if (!beforeDeployment && !required) return;
    if (!required && (await this.sealingKey()) === undefined) {
      log.debug(
        'No encrypted backup is made before the deployment: there is neither a recipient nor a passphrase.',
      );
      return;
    }
    try {
      await this.create({ reason: what });
    } catch (error) {
      if (!isPipelineError(error) || required) throw error;
      await audit.record('backup.failed', templateId, {
        before: what,
        code: error.code,
        about: error.subject,
      });
      log.warn(
        `The backup before ${what} failed; the deployment goes on without. ${error.message} ${error.remedy}`,
      );
    }
  }

  async state(): Promise<BackupState> {
    const archives = await this.list();
    return {
      hasKey: (await this.sealingKey()) !== undefined,
      archives: archives.length,
      newest: archives[0]?.createdAt,
    };
  }

  /** The newest first. @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED */
  list(): Promise<readonly Archive[]> {
    return this.#archives.list();
  }

  /** See `verifyArchive`. */
  async verify(file: string, options: ReadOptions = {}): Promise<Verified> {
    return verifyArchive(this.ports, await this.#reading(file, options));
  }

  /** See `testArchive`. */
  async test(file: string, options: ReadOptions = {}): Promise<Verified & RecordsTest> {
    return testArchive(this.ports, await this.#reading(file, options));
  }

  /** See `restoreBackup`. @throws PipelineError FORBIDDEN besides */
  async restore(
    file: string,
    options: Omit<RestoreRequest, 'path' | 'keys'> & ReadOptions,
  ): Promise<Restored> {
    if (options.dryRun !== true) await this.ports.access?.require('backups.restore');
    const { path, keys } = await this.#reading(file, options);
    return this.ports.store.exclusive(() =>
      restoreBackup(this.#root, this.ports, { ...options, path, keys }),
    );
  }

  async #reading(file: string, { keys, signal }: ReadOptions): Promise<CheckRequest> {
    return {
      path: await this.#archives.pathOf(file),
      keys: keys ?? (await this.#openingKeys()),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  async #openingKeys(): Promise<OpeningKeys> {
    const passphrase = await this.secrets.passphrase();
    const identities = await this.secrets.identities();
    return { passphrases: passphrase === undefined ? [] : [passphrase], identities };
  }

  async #isDue(): Promise<boolean> {
    const [newest] = await this.list();
    return isBackupDue(newest?.createdAt, this.configuration.backup.everyHours, this.ports.clock.now());
  }
}

function noKey(): PipelineError {
  return new PipelineError(
    'ILLEGAL_STATE',
    'There is neither a passphrase nor a public key to encrypt backups with.',
    {
      subject: 'backup.recipients',
      remedy:
        'Set CLAUDE_PM_BACKUP_PASSPHRASE, or put a public key of age (age1…) into backup.recipients of config.json. No backup was made.',
    },
  );
}
