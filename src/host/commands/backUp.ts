import * as vscode from 'vscode';
import { tellPath } from '../backup/tellPath';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { plural } from '../plural';
import { setBackupKey } from './setBackupKey';

/** Makes an encrypted backup; asks for a key first where there is none. */
export const backUp: Command = {
  id: commandIds.backUp,
  needsTrust: true,
  async run(host, args) {
    const { backups } = await host.session.open();
    if ((await backups.sealingKey()) === undefined && (await setBackupKey.run(host, args)) === undefined) {
      return undefined;
    }
    const workspace = await host.session.open();
    const created = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Backing up', cancellable: true },
      (_progress, token) => workspace.backups.create({ reason: 'asked for', signal: abortSignalOf(token) }),
    );
    const names = created.skipped.map(({ path }) => path);
    const left = names.length === 0 ? '' : ` Left out: ${names.join(', ')}.`;
    const text = `${plural(created.files, 'file')} backed up to ${created.path}.${left}`;
    tellPath(text, created.path);
    return created;
  },
};
