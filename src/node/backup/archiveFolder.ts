import { readdir, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { archiveName, archivesFolder, timeOfArchive } from '../../core/backup/archiveName';
import { expiredArchives } from '../../core/backup/schedule';
import type { Configuration } from '../../core/model/configuration';
import type { Ports } from '../../core/ports';
import { isMissing, storageError } from '../errorsFromNode';
import { syncFolder } from '../folders';
import { exists } from './collectFiles';
import { stageFile } from './stageRestore';

export interface Archive {
  readonly name: string;
  readonly path: string;
  readonly createdAt: Date;
  /** Size of the encrypted file. */
  readonly bytes: number;
}

/** Where the archives of one workspace lie: their names, and how long they stay. */
export class ArchiveFolder {
  /** Absolute. */
  readonly path: string;

  constructor(
    workspace: string,
    private readonly settings: Configuration['backup'],
    private readonly ports: Pick<Ports, 'audit' | 'clock'>,
  ) {
    const { folder } = settings;
    this.path = folder === '' ? join(workspace, '.claude-pm', archivesFolder) : resolve(workspace, folder);
  }

  /** The newest first. @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED */
  async list(): Promise<readonly Archive[]> {
    const found: Archive[] = [];
    for (const name of await this.#names()) {
      const createdAt = timeOfArchive(name);
      if (createdAt === undefined) continue;
      const path = join(this.path, name);
      try {
        found.push({ name, path, createdAt, bytes: (await stat(path)).size });
      } catch (cause) {
        if (!isMissing(cause)) throw storageError(cause, 'look at', path);
      }
    }
    return found.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.name < b.name ? 1 : -1));
  }

  /** A path, or the name of one of the archives. */
  async pathOf(file: string): Promise<string> {
    const listed = join(this.path, file);
    const isName = !file.includes('/') && !file.includes('\\');
    if (isName && (await exists(listed))) return listed;
    return isAbsolute(file) ? file : resolve(process.cwd(), file);
  }

  /** For an archive that is made at this time: no other bears the name. */
  async freePath(createdAt: Date): Promise<string> {
    const taken = new Set(await this.#names());
    for (let number = 1; ; number += 1) {
      const name = archiveName(createdAt, number);
      if (!taken.has(name)) return join(this.path, name);
    }
  }

  /** Removes what is no longer kept; gives the names. */
  async removeExpired(): Promise<readonly string[]> {
    const expired = expiredArchives(await this.list(), this.settings.keep, this.ports.clock.now());
    for (const { path, name } of expired) {
      try {
        await rm(path);
        await syncFolder(this.path);
      } catch (cause) {
        throw storageError(cause, 'remove', path);
      }
      await this.ports.audit.record('backup.removed', name, { keep: this.settings.keep });
    }
    return expired.map(({ name }) => name);
  }

  /** Archives would make a repository heavy; who wants them there takes the rule away, and it stays away. */
  async prepare(): Promise<void> {
    if (this.settings.folder !== '' || (await exists(this.path))) return;
    await stageFile(join(this.path, '.gitignore'), Buffer.from('*\n'));
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.path);
    } catch (cause) {
      if (isMissing(cause)) return [];
      throw storageError(cause, 'list', this.path);
    }
  }
}

/** Of an archive: a log names no folder. */
export const nameOf = (path: string) =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
