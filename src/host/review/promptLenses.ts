import * as vscode from 'vscode';
import { groupBy } from '../../core/groupBy';
import type { MarkSource, PromptMark } from '../../core/review/promptMarks';
import { loadEngine } from '../engine';
import { type CommandId, commandIds, promptLensesSetting, settingsSection } from '../ids';
import { plural } from '../plural';
import { messageOf } from '../showError';
import { templateOf } from '../templateOf';
import type { WorkspaceSession } from '../workspaceSession';
import type { ReviewDocuments } from './reviewDocuments';

/** Files that can be prompts; which of them are, the records tell. */
const promptFiles: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/*.{md,mdc}' },
  { scheme: 'file', pattern: '**/.{cursorrules,windsurfrules,clinerules}' },
];

interface Lens {
  readonly line: number;
  readonly title: string;
  readonly command: CommandId;
  readonly argument: object;
}

/** Hunks that wait at one line for one review share a lens. */
function pendingLenses(marks: readonly PromptMark[]): readonly Lens[] {
  const groups = groupBy(marks, ({ line, improvementId }) => `${line} ${improvementId}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const what = first.draft ? plural(group.length, 'draft hunk') : plural(group.length, 'hunk');
    const verb = group.length === 1 ? 'waits' : 'wait';
    const { improvementId, line } = first;
    const argument = { improvementId, hunkId: first.hunk.hunkId };
    return [
      { line, title: `${what} ${verb} here · Review`, command: commandIds.reviewImprovement, argument },
    ];
  });
}

function originLenses(marks: readonly PromptMark[]): readonly Lens[] {
  return marks.map(({ line, corrections, sessions, version, hunk, improvementId }) => {
    const origin =
      hunk.origin === 'prompt-check'
        ? 'from a check of the prompts'
        : `from ${plural(corrections, 'correction')} in ${plural(sessions, 'session')}`;
    return {
      line,
      title: `${origin} · since ${version ?? ''}`,
      command: commandIds.showOrigin,
      argument: { improvementId, hunkId: hunk.hunkId },
    };
  });
}

/**
 * CodeLenses in the prompt files themselves: where a hunk waits for its review, and on lines that came from an accepted one. They do
 * nothing by themselves.
 */
export function registerPromptLenses(
  session: WorkspaceSession,
  documents: ReviewDocuments,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  // Records change seldom, the text at every keystroke.
  const known = new Map<string, Promise<readonly MarkSource[]>>();
  const sourcesOf = (templateId: string) => {
    const sources =
      known.get(templateId) ?? session.open().then(({ review }) => review.markSources(templateId));
    known.set(templateId, sources);
    return sources;
  };
  const forget = () => {
    known.clear();
    changed.fire();
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const settings = vscode.workspace.getConfiguration(settingsSection, document.uri);
      if (!settings.get<boolean>(promptLensesSetting, true)) return [];
      try {
        const template = await templateOf(session, document.uri);
        if (template === undefined) return [];
        const { placeMarks } = await loadEngine();
        const marks = placeMarks(await sourcesOf(template.templateId), document.getText());
        return [
          ...pendingLenses(marks.filter(({ kind }) => kind === 'pending')),
          ...originLenses(marks.filter(({ kind }) => kind === 'accepted')),
        ].map(
          ({ line, title, command, argument }) =>
            new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
              command,
              title,
              arguments: [argument],
            }),
        );
      } catch (error) {
        // Asked for at every keystroke: a notification each time would be worse than no lens.
        log.warn(`No CodeLenses in ${document.uri.path}: ${messageOf(error)}`);
        return [];
      }
    },
  };
  return vscode.Disposable.from(
    changed,
    session.onDidChange(forget),
    documents.onDidRefresh(forget),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.${promptLensesSetting}`)) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(promptFiles, provider),
  );
}
