import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickOneVersion } from '../versions/pickOneVersion';

const title = 'Add Note';

/** Adds a note to a version, with its author and time. */
export const addVersionNote: Command = {
  id: commandIds.addVersionNote,
  needsTrust: true,
  async run(host, args) {
    const version = await pickOneVersion(host, args, title);
    if (!version) return undefined;
    const note =
      args.note ??
      (await vscode.window.showInputBox({
        title: `${title}: ${version.version}`,
        prompt: 'Your note; your name and the time are kept with it.',
        ignoreFocusOut: true,
        validateInput: (text) => (text.trim() === '' ? 'A note is needed.' : undefined),
      }));
    if (note === undefined) return undefined;
    const { templates } = await host.session.open();
    const changed = await templates.changeVersion(version.templateId, version.version, { note });
    host.session.refresh();
    vscode.window.setStatusBarMessage(`Claude PM: the note is kept with ${changed.version}`, 5000);
    return changed;
  },
};
