import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { HookPlan, HookScope } from '../../node/captureHook';
import { type Engine, loadEngine } from '../engine';
import type { Host } from '../host';
import { launcherTarget } from './launcher';
import { closePlanned, showPlanned } from './plannedDiff';
import { type ScopeItem, scopeItems } from './scopeItems';

export type HookAction = 'install' | 'remove';

/** Asks where, shows the diff of the settings, and writes them once the person has said so. */
export async function changeHook(host: Host, action: HookAction): Promise<string | undefined> {
  const workspace = await host.session.openInitialized();
  const engine = await loadEngine();
  const scope = await pickScope(engine, workspace.root, action);
  if (!scope) return undefined;
  const plan = await engine.planHook(workspace.root, scope, action);
  if (!engine.changesAnything(plan)) {
    const state = action === 'install' ? 'is installed already' : 'is not installed there';
    void vscode.window.showInformationMessage(`The capture hook ${state}; ${plan.shown} was not changed.`);
    return undefined;
  }
  await showDiff(plan);
  // Tried with 2.1.332: it drops such settings without a word.
  const ignored = action === 'install' && !engine.isPlainJson(plan.after);
  if (!(await confirm(plan, action, ignored))) return undefined;
  if (action === 'install') await engine.writeLauncher(homedir(), launcherTarget(host.context));
  await engine.changeHookSettings(workspace, plan, action);
  const done =
    action === 'install'
      ? `The capture hook stands in ${plan.shown}. Claude Code uses it from its next session on.`
      : `The capture hook was taken out of ${plan.shown}; all else in it is as it was.`;
  void vscode.window.showInformationMessage(done);
  return plan.shown;
}

/** To take it out, only where it is; asked for when it is in both. */
async function pickScope(engine: Engine, root: string, action: HookAction): Promise<HookScope | undefined> {
  if (action === 'install') return (await pick(scopeItems, 'Install Capture Hook'))?.scope;
  const plans = await Promise.all(
    scopeItems.map(async (item) => ({ item, plan: await engine.planHook(root, item.scope, 'remove') })),
  );
  const there = plans.filter(({ plan }) => engine.changesAnything(plan)).map(({ item }) => item);
  if (there.length < 2) return (there[0] ?? scopeItems[0])?.scope;
  return (await pick(there, 'Remove Capture Hook'))?.scope;
}

function pick(items: readonly ScopeItem[], title: string): Thenable<ScopeItem | undefined> {
  return vscode.window.showQuickPick(items, { title, placeHolder: 'Which settings of Claude Code?' });
}

async function showDiff({ file, shown, before, after }: HookPlan): Promise<void> {
  const there = before === undefined ? {} : { file: vscode.Uri.file(file) };
  await showPlanned(`${shown}: now ↔ planned`, [{ shown, before: before ?? '', after, ...there }]);
}

/** Not modal: the diff can be read and scrolled first. Closing it changes nothing. */
async function confirm({ shown }: HookPlan, action: HookAction, ignored: boolean): Promise<boolean> {
  const write = 'Write';
  const what = action === 'install' ? 'Add the capture hook to' : 'Take the capture hook out of';
  const choice = await vscode.window.showInformationMessage(
    ignored
      ? `${what} ${shown}? Claude Code does not read settings with comments or trailing commas: until these are plain JSON, the hook does nothing.`
      : `${what} ${shown}? The diff shows every line that changes.`,
    write,
    'Cancel',
  );
  await closePlanned();
  return choice === write;
}
