import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds, settingsSection } from '../ids';
import { plural } from '../plural';

/** A modal grows with its text. */
const mostLines = 20;

function keptText(count: number): string {
  return count === 1
    ? '1 older version stays, since it is needed.'
    : `${plural(count, 'older version')} stay, since they are needed.`;
}

/** Removes old versions that no file holds or held and that no record needs, after showing which. */
export const cleanUpVersions: Command = {
  id: commandIds.cleanUpVersions,
  needsTrust: true,
  async run(host, args) {
    const { templates } = await host.session.open();
    const plan = await templates.planCleanUp();
    const { keep, days } = plan.retention;
    if (plan.removed.length === 0) {
      const change = 'Change Retention';
      const text = `No version can go: the newest ${keep} of each prompt are kept, and of the others those that are needed or no older than ${days} days.`;
      void vscode.window.showInformationMessage(text, change).then((choice) => {
        const setting = `${settingsSection}.versionRetention`;
        if (choice) void vscode.commands.executeCommand('workbench.action.openSettings', setting);
      });
      return plan;
    }
    const names = plan.removed.map(({ versionId, status }) => `${versionId} (${status})`);
    const more = names.length - mostLines;
    const detail = [
      ...names.slice(0, mostLines),
      ...(more > 0 ? [`… and ${more} more`] : []),
      keptText(plan.kept.length),
      'What goes cannot be brought back from here; version control may have it.',
    ].join('\n');
    const question = `Remove ${plural(plan.removed.length, 'version')}?`;
    const confirmed =
      args.confirmed ??
      (await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Remove')) === 'Remove';
    if (!confirmed) return undefined;
    const done = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Claude PM: cleaning up versions' },
      () => templates.cleanUp(),
    );
    host.session.refresh();
    void vscode.window.showInformationMessage(`${plural(done.removed.length, 'version')} removed.`);
    return done;
  },
};
