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

  async function update(): Promise<void> {
    if (run.running) {
      item.text = `$(sync~spin) Claude PM: ${run.progress?.stage ?? 'starting'}`;
      item.tooltip = run.progress?.message ?? 'Improvement run in progress';
      item.command = commandIds.openLog;
      item.show();
      return;
    }
    const pending = (await session.snapshot())?.pending.length ?? 0;
    if (pending === 0) {
      item.hide();
      return;
    }
    item.text = `$(git-pull-request) ${pending}`;
    const waiting = `Claude PM: ${plural(pending, 'improvement')} to review`;
    item.tooltip = live.watching ? `${waiting}\nWatching the agents’ sessions` : waiting;
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
