import * as vscode from 'vscode';
import { commandIds } from './ids';
import type { LiveSessions } from './liveSessions';
import { plural } from './plural';
import type { RunState } from './runState';
import { showError } from './showError';
import type { WorkspaceSession } from './workspaceSession';

const priority = 50;

/** Pending reviews, or the stage of a run while one goes on. Hidden when there is nothing to say. */
export function createStatusBar(
  session: WorkspaceSession,
  run: RunState,
  live: LiveSessions,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('claudePm.status', vscode.StatusBarAlignment.Left, priority);
  item.name = 'Claude PM';

  function showSchedule(): void {
    item.text = '$(clock) Claude PM';
    item.tooltip = run.nextRun;
    item.accessibilityInformation = { label: `Claude PM: ${run.nextRun}` };
    item.command = commandIds.explainLastRun;
    item.show();
  }

  async function update(): Promise<void> {
    if (run.paused) {
      item.text = '$(debug-pause) Claude PM: paused';
      item.tooltip = 'The improvement run is paused; click to go on';
      item.command = commandIds.resumeRun;
      item.show();
      return;
    }
    if (run.running) {
      item.text = `$(sync~spin) Claude PM: ${run.progress?.stage ?? 'starting'}`;
      item.tooltip = run.progress?.message ?? 'Improvement run in progress';
      item.command = commandIds.openLog;
      item.show();
      return;
    }
    const pending = (await session.snapshot())?.pending.length ?? 0;
    if (pending === 0) {
      if (run.nextRun === '') item.hide();
      else showSchedule();
      return;
    }
    item.text = `$(git-pull-request) ${pending}`;
    const waiting = `Claude PM: ${plural(pending, 'improvement')} to review`;
    item.tooltip = [
      waiting,
      ...(live.watching ? ['Watching the agents’ sessions'] : []),
      ...(run.nextRun === '' ? [] : [run.nextRun]),
    ].join('\n');
    item.accessibilityInformation = { label: waiting };
    item.command = commandIds.reviewImprovement;
    item.show();
  }

  const refresh = () => void update().catch((error: unknown) => showError(log, error));
  refresh();
  return vscode.Disposable.from(
    item,
    session.onDidChange(refresh),
    run.onDidChange(refresh),
    live.onDidChange(refresh),
  );
}
