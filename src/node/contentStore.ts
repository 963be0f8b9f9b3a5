import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../core/errors';
import { backupFolder, contentFolder } from '../core/model/collections';
import type { Clock, Visibility } from '../core/ports';
import { writeFileAtomically } from './atomicFile';
import { cacheName } from './cacheFolder';
import { isMissing, storageError } from './errorsFromNode';
import { namesIn } from './folderNames';
import { assertWithin, ensureFolder, syncFolder } from './folders';
import { recognisableName } from './safeName';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', path);
  }
}

/** Never committed and in no backup. */
const privateFolder = `${cacheName}/content`;

/** Raw bytes: prompt versions under their hash, and copies of files that are about to be replaced. */
export class ContentStore {
  constructor(
    /** The `.claude-pm/` folder. */
    private readonly root: string,
    private readonly clock: Clock,
    private readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>,
  ) {}

  /** @returns lower-case hexadecimal SHA-256 */
  async put(bytes: Uint8Array, visibility: Visibility = 'shared'): Promise<string> {
    const hash = sha256(bytes);
    const path = this.#path(hash, visibility);
    const present = await readIfPresent(path);
    if (present !== undefined && sha256(present) === hash) return hash;
    if (present !== undefined) await this.exclusive(() => setAside(path, hash));
    await this.#write(path, bytes);
    return hash;
  }

  /** @throws PipelineError `UNSAFE_NAME`, `NOT_FOUND`, `VERIFICATION_FAILED`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async get(hash: string): Promise<Uint8Array> {
    const path = this.#path(hash);
    const bytes = (await readIfPresent(path)) ?? (await readIfPresent(this.#path(hash, 'private')));
    if (bytes === undefined) {
      throw new PipelineError('NOT_FOUND', `The content ${hash} is not in the store.`, {
        subject: path,
        remedy: 'Restore the file from version control or a backup.',
      });
    }
    if (sha256(bytes) === hash) return bytes;
    throw new PipelineError('VERIFICATION_FAILED', `The bytes of ${path} no longer match their hash.`, {
      subject: path,
      remedy: 'The file was changed or damaged; restore it from version control. It was not used.',
    });
  }

  /** @throws PipelineError `UNSAFE_NAME`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async remove(hash: string): Promise<void> {
    await this.#remove(this.#path(hash));
  }

  /** Removes all private bytes but these. @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async keepPrivate(hashes: ReadonlySet<string>): Promise<void> {
    const folder = join(this.root, privateFolder);
    const names = await namesIn(folder);
    if (!names.ok) throw storageError(new Error(names.reason), 'list', folder);
    for (const name of names.names) if (!hashes.has(name)) await this.#remove(join(folder, name));
  }

  /** @returns the copy's name in the backup folder: the time, the target and the start of the hash */
  async backup(name: string, bytes: Uint8Array): Promise<string> {
    const time = this.clock.now().toISOString().replaceAll(':', '-');
    const stem = `${time}.${sha256(bytes).slice(0, 12)}`;
    for (let number = 1; ; number += 1) {
      const copy = `${number === 1 ? stem : `${stem}-${number}`}.${recognisableName(name)}`;
      const path = join(this.root, backupFolder, copy);
      const present = await readIfPresent(path);
      if (present !== undefined && sha256(present) !== sha256(bytes)) continue;
      if (present === undefined) await this.#write(path, bytes);
      return copy;
    }
  }

  async #remove(path: string): Promise<void> {
    try {
      await assertWithin(this.root, join(path, '..'));
      await rm(path);
      await syncFolder(join(path, '..'));
    } catch (cause) {
      if (!isMissing(cause)) throw storageError(cause, 'remove', path);
    }
  }

  #path(hash: string, visibility: Visibility = 'shared'): string {
    const folder = visibility === 'shared' ? contentFolder : privateFolder;
    if (/^[0-9a-f]{64}$/.test(hash)) return join(this.root, folder, hash);
    throw new PipelineError('UNSAFE_NAME', 'A content hash is 64 lower-case hexadecimal digits.', {
      subject: hash.slice(0, 100),
      remedy: 'Nothing was read; look at the record that names this hash.',
    });
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    const folder = join(path, '..');
    try {
      await assertWithin(this.root, folder);
      await ensureFolder(folder);
      await writeFileAtomically(path, bytes);
    } catch (cause) {
      throw storageError(cause, 'write', path);
    }
  }
}

/** Keeps damaged content beside its place: a person may want to look. */
async function setAside(path: string, hash: string): Promise<void> {
  const present = await readIfPresent(path);
  if (present === undefined || sha256(present) === hash) return;
  const names = await namesIn(join(path, '..'));
  const taken = new Set(names.ok ? names.names : []);
  let number = 1;
  while (taken.has(`${hash}.unreadable-${number}`)) number += 1;
  try {
    await rename(path, `${path}.unreadable-${number}`);
    await syncFolder(join(path, '..'));
  } catch (cause) {
    throw storageError(cause, 'set aside', path);
  }
}
