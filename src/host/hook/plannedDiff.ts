import * as vscode from 'vscode';
import { plannedScheme } from '../ids';
import { showPlannedText } from './plannedSettings';

/** A file as it is and as it is planned to be. */
export interface PlannedText {
  /** What it is called; relative to the workspace. */
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  /** The file itself, where it is there. */
  readonly file?: vscode.Uri;
}

/** Shows what would be written: one diff, or all of them in one editor. */
export async function showPlanned(title: string, texts: readonly PlannedText[]): Promise<void> {
  const sides = texts.map(({ shown, before, after, file }) => {
    const now = file ?? showPlannedText(shown, 'now', before);
    return [now, showPlannedText(shown, 'planned', after)] as const;
  });
  const [only, ...more] = sides;
  if (only === undefined) return;
  if (more.length === 0) {
    await vscode.commands.executeCommand('vscode.diff', ...only, title, { preview: true });
    return;
  }
  // What each diff is called; nothing is read from there.
  const labels = texts.map(({ shown }) => vscode.Uri.from({ scheme: plannedScheme, path: `/${shown}` }));
  const resources = sides.map((pair, index) => [labels[index], ...pair]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}

/** Closes what `showPlanned` opened. An editor of several diffs can only be told by its title, to which VS Code adds how many they are. */
export async function closePlanned(title?: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input, label }) =>
    input instanceof vscode.TabInputTextDiff
      ? input.modified.scheme === plannedScheme
      : title !== undefined && label.startsWith(title),
  );
  await vscode.window.tabGroups.close(ours, true);
}
