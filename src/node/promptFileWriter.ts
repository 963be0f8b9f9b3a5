import { access, constants, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { PipelineError } from '../core/errors';
import type { Hash } from '../core/ports';
import { type AtomicWriteOptions, writeFileAtomically } from './atomicFile';
import { isMissing, storageError } from './errorsFromNode';
import { assertWithin, ensureFolder, syncFolder } from './folders';

export type WriteFile = (path: string, bytes: Uint8Array, options: AtomicWriteOptions) => Promise<void>;

/**
 * Absolute path of a prompt file, which need not exist.
 * @param path relative to the workspace, with forward slashes
 * @throws PipelineError `UNSAFE_NAME` when it leads out of the workspace, by itself or through a link
 */
export async function promptFilePath(root: string, path: string): Promise<string> {
  const parts = path.split('/');
  const unsafe =
    isAbsolute(path) ||
    /[\\\p{Cc}]|^[A-Za-z]:/u.test(path) ||
    parts.some((part) => part === '' || part === '.' || part === '..');
  if (unsafe) {
    throw new PipelineError('UNSAFE_NAME', 'A prompt file is named by its path inside the workspace.', {
      subject: path.slice(0, 200).replace(/\p{Cc}/gu, '�'),
      remedy: 'Give a path such as .claude/agents/qa.md; nothing was read or written.',
    });
  }
  const absolute = join(root, ...parts);
  await assertWithin(root, absolute);
  return absolute;
}

export async function readPromptFile(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', path);
  }
}

/**
 * Compare-and-swap of one file: mode and owner stay, and what was written is read back. A link is followed to its file.
 * @param expected SHA-256 of what must be there now, `null` for no file
 * @throws PipelineError `TARGET_CHANGED`, `PERMISSION_DENIED`, `STORAGE_FAILED`, `VERIFICATION_FAILED`
 */
export async function replacePromptFile(
  path: string,
  expected: string | null,
  bytes: Uint8Array,
  { hash, write = writeFileAtomically }: { hash: Hash; write?: WriteFile },
): Promise<void> {
  const present = await readPromptFile(path);
  const presentHash = present === undefined ? null : hash.sha256(present);
  if (presentHash !== expected) throw changed(path, presentHash, expected);
  try {
    if (present === undefined) {
      await ensureFolder(dirname(path));
      await write(path, bytes, {});
    } else {
      const target = await realpath(path);
      // A rename would replace a file that its owner made read-only.
      await access(target, constants.W_OK);
      const { mode, uid, gid } = await stat(target);
      await write(target, bytes, { mode: mode & 0o7777, owner: { uid, gid } });
    }
  } catch (cause) {
    throw storageError(cause, 'write', path);
  }
  const after = await readPromptFile(path);
  if (after !== undefined && hash.sha256(after) === hash.sha256(bytes)) return;
  throw new PipelineError('VERIFICATION_FAILED', `${path} does not hold the bytes that were written to it.`, {
    subject: path,
    remedy:
      'Look at what else writes to this file, then roll back or deploy again; the bytes before are kept.',
  });
}

/**
 * Removes a file whose bytes have this SHA-256; a link is removed, not its file.
 * @throws PipelineError `TARGET_CHANGED`, `PERMISSION_DENIED`, `STORAGE_FAILED`
 */
export async function removePromptFile(path: string, expected: string, hash: Hash): Promise<void> {
  const present = await readPromptFile(path);
  const presentHash = present === undefined ? null : hash.sha256(present);
  if (presentHash !== expected) throw changed(path, presentHash, expected);
  try {
    await rm(path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw storageError(cause, 'remove', path);
  }
}

function changed(path: string, present: string | null, expected: string | null): PipelineError {
  const what =
    present === null
      ? 'is no longer there'
      : expected === null
        ? 'is there already'
        : 'has changed meanwhile';
  return new PipelineError('TARGET_CHANGED', `${path} ${what}; nothing was written.`, {
    subject: path,
    remedy: 'Look at the change, take it over as a version, and then try again.',
  });
}
