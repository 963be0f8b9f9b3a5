import { PipelineError } from '../core/errors';

/** The operating system's name of an error, as in `ENOENT`; `undefined` for anything else that was thrown. */
export function systemCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

export function isMissing(cause: unknown): boolean {
  return systemCode(cause) === 'ENOENT';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a file is where a folder should be',
  EEXIST: 'a file is where a folder should be',
  ELOOP: 'it is a link, which is not followed',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
};

/** A short reason for a person, such as "permission was denied (EACCES)". */
export function reasonOf(cause: unknown): string {
  const code = systemCode(cause);
  if (code !== undefined) return `${reasons[code] ?? 'the system refused'} (${code})`;
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Turns what the file system threw into `PERMISSION_DENIED` or `STORAGE_FAILED`. A `PipelineError` and anything that
 * is not the file system's (a bug) come back as they are.
 * @param doing what was tried, as in "write"
 */
export function storageError(cause: unknown, doing: string, path: string): unknown {
  const code = systemCode(cause);
  if (cause instanceof PipelineError || code === undefined) return cause;
  const denied = code === 'EACCES' || code === 'EPERM';
  return new PipelineError(
    denied ? 'PERMISSION_DENIED' : 'STORAGE_FAILED',
    `Could not ${doing} ${path}: ${reasonOf(cause)}.`,
    {
      subject: path,
      remedy: denied
        ? 'Give yourself permission for this path and try again; what was there is unchanged.'
        : 'Look at the path and the free space of its disk and try again; what was stored before is unchanged.',
      cause,
    },
  );
}
