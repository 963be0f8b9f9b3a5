import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../core/errors';
import { backupFolder, contentFolder } from '../core/model/collections';
import type { Clock } from '../core/ports';
import { writeFileAtomically } from './atomicFile';
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

/** Raw bytes: prompt versions under their hash, and copies of files that are about to be replaced. */
export class ContentStore {
  constructor(
    /** The `.claude-pm/` folder. */
    private readonly root: string,
    private readonly clock: Clock,
    private readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>,
  ) {}

  /** @returns lower-case hexadecimal SHA-256 */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    const path = join(this.root, contentFolder, hash);
    const present = await readIfPresent(path);
    if (present !== undefined && sha256(present) === hash) return hash;
    if (present !== undefined) await this.exclusive(() => setAside(path, hash));
    await this.#write(path, bytes);
    return hash;
  }

  /** @throws PipelineError `UNSAFE_NAME`, `NOT_FOUND`, `VERIFICATION_FAILED`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async get(hash: string): Promise<Uint8Array> {
    const path = this.#path(hash);
    const bytes = await readIfPresent(path);
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
    const path = this.#path(hash);
    try {
      await assertWithin(this.root, join(path, '..'));
      await rm(path);
      await syncFolder(join(path, '..'));
    } catch (cause) {
      if (!isMissing(cause)) throw storageError(cause, 'remove', path);
    }
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

  #path(hash: string): string {
    if (/^[0-9a-f]{64}$/.test(hash)) return join(this.root, contentFolder, hash);
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
