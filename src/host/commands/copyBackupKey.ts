import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import { storedIdentities, storedPassphrase } from '../backup/backupSecrets';
import type { Command } from '../command';
import { commandIds } from '../ids';

/** Puts the secrets on the clipboard, as an identity file of age or as the passphrase: to be kept where this machine cannot be lost with them. */
export const copyBackupKey: Command = {
  id: commandIds.copyBackupKey,
  needsTrust: true,
  async run(host, args) {
    const { secrets } = host.context;
    const identities = await storedIdentities(secrets);
    const passphrase = await storedPassphrase(secrets);
    const text = identities.length > 0 ? `${identities.join('\n')}\n` : passphrase;
    if (text === undefined) {
      throw new PipelineError('NOT_FOUND', 'No key for backups is kept here.', {
        subject: 'backup key',
        remedy: 'Set one with "Claude PM: Set Backup Key…" first.',
      });
    }
    const copy = 'Copy';
    const detail =
      'Whoever has it can read your backups. Put it into a password manager or a file of its own (--identity FILE on the command line), and clear the clipboard.';
    const choice =
      args.confirmed === true
        ? copy
        : await vscode.window.showWarningMessage(
            'Copy the secret key of your backups?',
            { modal: true, detail },
            copy,
          );
    if (choice !== copy) return undefined;
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage('The key is on the clipboard.');
    return { copied: identities.length > 0 ? 'identity' : 'passphrase' };
  },
};
