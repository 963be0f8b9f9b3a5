import * as vscode from 'vscode';
import type { Command } from '../command';
import { askForget, countForgotten } from '../corrections/askForget';
import { requireCorrection } from '../corrections/target';
import { commandIds } from '../ids';
import { plural } from '../plural';

const button = 'Forget';

async function confirm(count: number): Promise<boolean> {
  const detail = [
    'What patterns, clusters, scenarios and improvements quote of them goes too. Imports do not bring them back.',
    'This cannot be undone. The agents’ own sessions are not touched; neither are copies in version control.',
  ].join('\n\n');
  const message = `Forget ${plural(count, 'correction')} for good?`;
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  return choice === button;
}

/** Takes corrections out for good: one, those of its session, or all that are older. */
export const forgetCorrections: Command = {
  id: commandIds.forgetCorrections,
  needsTrust: true,
  async run(host, args) {
    const correction = await requireCorrection(host, args);
    const corrections = (await host.feed.read())?.records ?? [];
    const request = await askForget(correction, corrections);
    if (!request) return undefined;
    const count = countForgotten(corrections, request);
    if (count === 0) {
      void vscode.window.showInformationMessage('There is no such correction; nothing was changed.');
      return { forgotten: 0 };
    }
    if (!(await confirm(count))) return undefined;
    const { capture } = await host.session.open();
    const forgotten = (await capture.curation.forget(request)).correctionIds.length;
    host.session.refresh();
    host.documents.refreshAll();
    void vscode.window.showInformationMessage(`${plural(forgotten, 'correction')} forgotten.`);
    return { forgotten };
  },
};
