import { lstat, mkdir, open, realpath } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { PipelineError } from '../core/errors';
import { isMissing, systemCode } from './errorsFromNode';

/** File systems that cannot flush a folder answer with one of these; there is nothing more to be done on them. */
const cannotFlushFolders = new Set(['EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR', 'EPERM']);

/** Makes a rename or a new name in `folder` survive a loss of power. Windows flushes names with the files. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    if (!cannotFlushFolders.has(systemCode(cause) ?? '')) throw cause;
  } finally {
    await handle.close();
  }
}

/** Creates a folder and its parents, durably. `folder` is absolute. */
export async function ensureFolder(folder: string): Promise<void> {
  const firstCreated = await mkdir(folder, { recursive: true });
  if (firstCreated === undefined) return;
  for (let current = folder; current.length >= firstCreated.length; current = dirname(current)) {
    await syncFolder(dirname(current));
  }
}

/** Is `path` the folder `root` or below it? Both are real, absolute paths. */
export function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function isDanglingLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

/** Real path of `path`, or of its nearest parent that exists. Links to nothing count as existing and as leading nowhere. */
async function nearestReal(path: string): Promise<string | undefined> {
  for (let current = path; ; current = dirname(current)) {
    try {
      return await realpath(current);
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
      if (await isDanglingLink(current)) return undefined;
      if (dirname(current) === current) throw cause;
    }
  }
}

/**
 * Follows the links on the way to `path`, which need not exist yet, and refuses when they lead out of `root`.
 * @throws PipelineError `UNSAFE_NAME`
 */
export async function assertWithin(root: string, path: string): Promise<void> {
  const realRoot = await nearestReal(root);
  const real = await nearestReal(path);
  if (realRoot !== undefined && real !== undefined && isWithin(realRoot, real)) return;
  throw new PipelineError('UNSAFE_NAME', `${path} leads out of ${root} through a link.`, {
    subject: path,
    remedy: 'Replace the link by a real file or folder; nothing was written.',
  });
}

/** `path` as a person finds it: relative to `root` and with forward slashes, absolute where it lies elsewhere. */
export function displayPath(root: string, path: string): string {
  const inside = relative(root, path);
  const shown = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) ? path : inside;
  return sep === '\\' ? shown.replaceAll('\\', '/') : shown;
}
