import * as vscode from 'vscode';
import { guessAgent } from '../../core/capture/guessAgent';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { isolated, oneLine, withoutLinks } from '../plainText';
import { knownAgents } from '../record/agents';
import { askSubject } from '../record/fields';
import { Recording } from '../record/recording';
import { findSubjects } from '../record/subjects';

const nameLength = 40;

function tellNothing(): undefined {
  void vscode.window.showInformationMessage('Nothing was stored.');
}

/** Keeps a correction that the person gives by hand: of a selection, of a diff, of a file's changes, or in words alone. */
export const recordCorrection: Command = {
  id: commandIds.recordCorrection,
  needsTrust: true,
  async run(host) {
    const { all, pointedAt } = await findSubjects(host.log);
    const subject = pointedAt ?? (await askSubject(all));
    if (!subject) return tellNothing();
    const { names, prompts, corrections } = await knownAgents(host);
    const recording = new Recording(subject, {
      subjects: all,
      agents: names,
      guessAgent: ({ file }) => guessAgent(file, corrections, prompts),
    });
    if (!(await recording.ask())) return tellNothing();
    const { capture } = await host.session.openInitialized();
    const { correction } = await capture.record(recording.input());
    host.feed.refresh();
    await host.session.follow();
    const { correctionId } = correction;
    const agent = withoutLinks(isolated(oneLine(correction.agentType, nameLength)));
    const message = `Correction of ${agent} recorded.`;
    // Not awaited: the notification stays until the person closes it.
    void vscode.window.showInformationMessage(message, 'Show').then(async (choice) => {
      if (choice) await host.corrections.reveal(correctionId);
    });
    return { correctionId };
  },
};
