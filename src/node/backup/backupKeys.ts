import { readFile } from 'node:fs/promises';
import { PipelineError } from '../../core/errors';
import { storageError } from '../errorsFromNode';

/** What an archive is encrypted for: one passphrase, or public keys. age allows no mixture. */
export type SealingKey =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] };

/** What may open an archive; all of it is tried. */
export interface OpeningKeys {
  readonly passphrases: readonly string[];
  /** Secret keys (`AGE-SECRET-KEY-1…`). */
  readonly identities: readonly string[];
}

/** Where secrets of backups are kept: the environment, or an editor's secret storage. Never a file of the workspace. */
export interface BackupSecrets {
  passphrase(): Promise<string | undefined>;
  identities(): Promise<readonly string[]>;
}

export const passphraseVariable = 'CLAUDE_PM_BACKUP_PASSPHRASE';
export const identityVariable = 'CLAUDE_PM_BACKUP_IDENTITY';

/** The passphrase itself, and the path of an identity file, from the environment. */
export function environmentSecrets(environment: NodeJS.ProcessEnv): BackupSecrets {
  return {
    passphrase: async () => environment[passphraseVariable] || undefined,
    identities: async () => {
      const path = environment[identityVariable];
      return path ? readIdentityFile(path) : [];
    },
  };
}

/**
 * The secret keys of a file as `age-keygen` writes it: one a line, `#` begins a comment.
 * @throws PipelineError INVALID_INPUT with the line, which is not shown; PERMISSION_DENIED, STORAGE_FAILED
 */
export async function readIdentityFile(path: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw storageError(cause, 'read the identity file', path);
  }
  const identities: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (!isIdentity(line)) {
      throw new PipelineError(
        'INVALID_INPUT',
        'The identity file holds a line that is no secret key of age.',
        {
          subject: `${path}:${index + 1}`,
          remedy: 'Give a file as age-keygen writes it, with lines that begin with AGE-SECRET-KEY-1.',
        },
      );
    }
    identities.push(line);
  }
  if (identities.length > 0) return identities;
  throw new PipelineError('INVALID_INPUT', 'The identity file holds no secret key.', {
    subject: path,
    remedy: 'Give a file as age-keygen writes it, with a line that begins with AGE-SECRET-KEY-1.',
  });
}

export function isIdentity(text: string): boolean {
  return /^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/.test(text);
}
