import type { Command } from 'commander';
import { PipelineError } from '../core/errors';
import { environmentSecrets, type OpeningKeys, readIdentityFile } from '../node/backup/backupKeys';
import { absolute } from './input';

/** Options by which a person names the secrets of an archive. Secrets themselves never stand in arguments, which other programs can see. */
export interface OpeningOptions {
  readonly passphraseEnv?: string;
  readonly identity?: string;
}

export const openingOptions = (command: Command): Command =>
  command
    .option('--passphrase-env <name>', 'variable of the environment that holds the passphrase')
    .option('--identity <file>', 'file with the secret key (AGE-SECRET-KEY-1…), as age-keygen writes it');

/** Without an option, what CLAUDE_PM_BACKUP_PASSPHRASE and CLAUDE_PM_BACKUP_IDENTITY say. @throws PipelineError INVALID_INPUT */
export async function openingKeys({ passphraseEnv, identity }: OpeningOptions): Promise<OpeningKeys> {
  const { passphrase, identities } = environmentSecrets(process.env);
  if (passphraseEnv === undefined && identity === undefined) {
    const known = await passphrase();
    return { passphrases: known === undefined ? [] : [known], identities: await identities() };
  }
  return {
    passphrases: passphraseEnv === undefined ? [] : [passphraseIn(passphraseEnv)],
    identities: identity === undefined ? [] : await readIdentityFile(absolute(identity)),
  };
}

/** @throws PipelineError INVALID_INPUT for a variable that is not set */
export function passphraseIn(name: string): string {
  const passphrase = process.env[name];
  if (passphrase) return passphrase;
  throw new PipelineError('INVALID_INPUT', `The variable ${name} is not set, or empty.`, {
    subject: '--passphrase-env',
    remedy: 'Set it to the passphrase, for this command alone. Nothing was read or written.',
  });
}
