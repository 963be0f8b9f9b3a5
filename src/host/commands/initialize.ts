import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { plural } from '../plural';

/** Makes `.claude-pm/` and adopts the prompt files that agents read. */
export const initialize: Command = {
  id: commandIds.initialize,
  needsTrust: true,
  async run(host) {
    const workspace = await host.session.open();
    const adoption = await workspace.templates.adopt();
    host.session.refresh();
    for (const one of adoption.skipped) host.log.warn(`${one.path}:${one.line} ${one.reason}`);
    const skipped =
      adoption.skipped.length === 0 ? '' : ` ${adoption.skipped.length} could not be read (see the log).`;
    const found =
      adoption.templates.length === 0
        ? 'No prompt files were found: add a CLAUDE.md or agents below .claude/agents.'
        : `${plural(adoption.templates.length, 'prompt')} managed, ${adoption.adopted.length} of them new. Their files were not changed.`;
    void vscode.window.showInformationMessage(`${found}${skipped}`);
    return { templates: adoption.templates.length, adopted: adoption.adopted };
  },
};
