import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import { storeIdentity, storePassphrase } from '../backup/backupSecrets';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds, settingsSection } from '../ids';
import { copyBackupKey } from './copyBackupKey';

const title = 'Set Backup Key';
const shortest = 12;

type Kind = 'new' | 'own' | 'passphrase';
const kinds: readonly (vscode.QuickPickItem & { readonly means: Kind })[] = [
  {
    label: 'Make a new key',
    description: 'recommended',
    detail:
      'Backups are made without asking. Keep a copy of the key elsewhere: without it they cannot be read on another machine.',
    means: 'new',
  },
  {
    label: 'Use a key of age that I have',
    detail: 'A line that begins with AGE-SECRET-KEY-1.',
    means: 'own',
  },
  {
    label: 'Use a passphrase',
    detail: 'It is all that is needed to read the backups anywhere.',
    means: 'passphrase',
  },
];

/** Secrets go to the system's store of secrets alone; the public key goes into config.json, where the command line finds it too. */
export const setBackupKey: Command = {
  id: commandIds.setBackupKey,
  needsTrust: true,
  async run(host) {
    const chosen = await vscode.window.showQuickPick(kinds, {
      title,
      placeHolder: 'How are backups encrypted?',
    });
    if (chosen === undefined) return undefined;
    if (chosen.means === 'passphrase') return usePassphrase(host);
    const { backups } = await host.session.openInitialized();
    const identity = chosen.means === 'new' ? (await backups.newKeyPair()).identity : await askIdentity();
    if (identity === undefined) return undefined;
    const recipient = await backups.recipientOf(identity);
    await storeIdentity(host.context.secrets, identity);
    await writeRecipients(host, [recipient]);
    const copy = 'Copy Key';
    void vscode.window
      .showInformationMessage(
        `Backups are encrypted for ${recipient}. Its secret key is in this system’s store of secrets: copy it to a safe place, since without it backups cannot be read on another machine.`,
        copy,
      )
      .then((choice) => {
        if (choice === copy) void vscode.commands.executeCommand(copyBackupKey.id);
      });
    return { recipient };
  },
};

async function usePassphrase(host: Host): Promise<{ readonly passphrase: true } | undefined> {
  const passphrase = await askSecret('A passphrase for backups', (text) =>
    text.length < shortest
      ? `At least ${shortest} characters; four or five random words are good.`
      : undefined,
  );
  if (passphrase === undefined) return undefined;
  const again = await askSecret('The same once more', (text) =>
    text === passphrase ? undefined : 'It is not the same.',
  );
  if (again === undefined) return undefined;
  await host.session.openInitialized();
  await storePassphrase(host.context.secrets, passphrase);
  await writeRecipients(host, []);
  const copy = 'Copy Passphrase';
  void vscode.window
    .showInformationMessage(
      'The passphrase is kept in this system’s store of secrets. Remember it: nothing else opens these backups.',
      copy,
    )
    .then((choice) => {
      if (choice === copy) void vscode.commands.executeCommand(copyBackupKey.id);
    });
  return { passphrase: true };
}

const askIdentity = () =>
  askSecret('A secret key of age', (text) =>
    /^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/.test(text.trim()) ? undefined : 'It begins with AGE-SECRET-KEY-1.',
  ).then((text) => text?.trim());

function askSecret(
  prompt: string,
  validateInput: (text: string) => string | undefined,
): Promise<string | undefined> {
  return Promise.resolve(
    vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true, validateInput }),
  );
}

async function writeRecipients(host: Host, recipients: string[]): Promise<void> {
  const workspace = await host.session.open();
  const engine = await loadEngine();
  const backup = { ...workspace.configuration.backup, recipients };
  await engine.changeConfiguration(workspace, { backup });
  await host.session.reopen();
  const now = (await host.session.open()).configuration.backup.recipients;
  if (now.join() === recipients.join()) return;
  throw new PipelineError('ILLEGAL_STATE', 'A setting of VS Code decides for whom backups are encrypted.', {
    subject: `${settingsSection}.backup`,
    remedy: `Write ${recipients.length === 0 ? 'an empty list' : recipients.join(', ')} into its "recipients", or take the setting away.`,
  });
}
