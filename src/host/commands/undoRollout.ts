import * as vscode from 'vscode';
import type { Deployment } from '../../core/model/template';
import type { Command } from '../command';
import { confirmImpact } from '../deployment/confirmImpact';
import { offerUndo, writtenText } from '../deployment/offerUndo';
import { writing } from '../deployment/writing';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { oneLine, withoutIcons } from '../plainText';
import { plural } from '../plural';

const title = 'Undo Deployment or Rollback';

function stepChoice(written: readonly Deployment[]): vscode.QuickPickItem {
  const [first] = written;
  if (first === undefined) return { label: '' };
  const files = written.map(
    ({ target, fromVersion, toVersion }) =>
      `${target} ${fromVersion ?? 'no file'} → ${toVersion ?? 'no file'}`,
  );
  const kind = first.kind === 'rollback' ? 'Rollback' : 'Deployment';
  return {
    label: withoutIcons(`${kind} of ${written.length === 1 ? first.target : plural(written.length, 'file')}`),
    description: withoutIcons(
      `${new Date(first.deployedAt).toLocaleString()} · ${oneLine(first.reason, 80)}`,
    ),
    detail: withoutIcons(files.join(', ')),
  };
}

/** The steps that were taken, the newest first. */
async function pickStep(host: Host): Promise<string | undefined> {
  const { records } = await (await host.session.open()).templates.deployments();
  const steps = new Map<string, Deployment[]>();
  for (const each of records.toSorted((a, b) => (a.deployedAt < b.deployedAt ? 1 : -1))) {
    if (each.rolloutId === undefined || each.kind === 'adopt') continue;
    steps.set(each.rolloutId, [...(steps.get(each.rolloutId) ?? []), each]);
  }
  if (steps.size === 0) {
    void vscode.window.showInformationMessage('Nothing was deployed or rolled back yet.');
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(
    [...steps].map(([rolloutId, written]) => ({ ...stepChoice(written), rolloutId })),
    {
      title,
      placeHolder: 'Which step is to be taken back?',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return chosen?.rolloutId;
}

/** The step that the person picks, once they have seen what taking it back changes. */
async function pickAndConfirm(host: Host): Promise<string | undefined> {
  const rolloutId = await pickStep(host);
  if (rolloutId === undefined) return undefined;
  const impact = await (await host.session.open()).templates.undoImpact(rolloutId);
  const what = impact.kind === 'deploy' ? 'rollback' : 'deployment';
  const question = `Take this ${what} back, in ${plural(impact.files.length, 'file')}?`;
  return (await confirmImpact(impact, question, 'Take Back')) ? rolloutId : undefined;
}

/**
 * Takes one deployment or rollback back, in every file that it wrote. Who names the step, as the notification of it
 * does, knows what it did.
 */
export const undoRollout: Command = {
  id: commandIds.undoRollout,
  needsTrust: true,
  async run(host, args) {
    const rolloutId = args.rolloutId ?? (await pickAndConfirm(host));
    if (rolloutId === undefined) return undefined;
    const reason =
      args.reason ??
      (await vscode.window.showInputBox({
        title,
        prompt: 'Why? The reason is recorded.',
        value: 'Taken back',
        ignoreFocusOut: true,
        validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
      }));
    if (reason === undefined) return undefined;
    const workspace = await host.session.open();
    const rollout = await writing(() => workspace.templates.undo(rolloutId, reason));
    host.session.refresh();
    offerUndo(host, rollout, writtenText(rollout), 'Undo');
    return rollout;
  },
};
