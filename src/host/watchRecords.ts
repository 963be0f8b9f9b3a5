import * as vscode from 'vscode';
import type { CorrectionsFeed } from './corrections/correctionsFeed';
import { correctionsFolder, dataFolder, settingKeys, settingsSection } from './ids';
import type { RecordChanges } from './recordChanges';
import type { ReviewDocuments } from './review/reviewDocuments';
import type { RunState } from './runState';
import { historyOfFile } from './sessionChange';
import { showError } from './showError';
import type { WorkspaceSession } from './workspaceSession';

/** A run writes hundreds of records; one refresh after the last of them is enough. */
const quietMilliseconds = 300;

/** Follows what the command line, another window or this one writes below `.claude-pm/`. */
export function watchRecords(
  changes: RecordChanges,
  session: WorkspaceSession,
  feed: CorrectionsFeed,
  documents: ReviewDocuments,
  run: RunState,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let configurationChanged = false;
  let correctionsChanged = false;
  let histories: Set<string> | 'all' = new Set();

  async function apply(): Promise<void> {
    // A run keeps the configuration that it began with, and its workspace: it is opened anew after it.
    const reopen = configurationChanged && !run.running;
    if (reopen) configurationChanged = false;
    if (correctionsChanged) feed.refresh();
    correctionsChanged = false;
    const changed = histories;
    histories = new Set();
    if (reopen) await session.reopen();
    else await session.follow(changed);
    documents.refreshAll();
  }
  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(
      () => void apply().catch((error: unknown) => showError(log, error)),
      quietMilliseconds,
    );
  }
  function onChange(uri: vscode.Uri): void {
    correctionsChanged ||= uri.path.includes(`/${dataFolder}/${correctionsFolder}/`);
    const history = historyOfFile(uri.path);
    if (history === 'all') histories = 'all';
    else if (history !== undefined && histories !== 'all') histories.add(history);
    configurationChanged ||= uri.path.endsWith(`/${dataFolder}/config.json`);
    schedule();
  }

  return vscode.Disposable.from(
    changes.onDidChange(onChange),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!settingKeys.some((key) => event.affectsConfiguration(`${settingsSection}.${key}`))) return;
      configurationChanged = true;
      schedule();
    }),
    run.onDidChange(() => {
      if (!run.running && configurationChanged) schedule();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      configurationChanged = true;
      schedule();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
