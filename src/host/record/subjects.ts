import * as vscode from 'vscode';
import { changedText } from '../../core/capture/changedText';
import type { Correction } from '../../core/model/correction';
import { schemes } from '../ids';
import { plural } from '../plural';
import { textAtHead } from './gitHead';

/** What a correction is about, beside the person's words. */
export interface Subject {
  /** As a row of a pick says it. */
  readonly label: string;
  /** What the agent did. */
  readonly originalResponse: string;
  /** Set where the person changed it themselves: that says something without words too. */
  readonly edit?: NonNullable<Correction['edit']>;
  /** Relative to the workspace where it lies in it, with forward slashes. */
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
}

export const wordsAlone: Subject = { label: 'Words only', originalResponse: '' };

const ours: readonly string[] = Object.values(schemes);

function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}

/** The two sides of the diff in front: what the agent made on the left, what the person made of it on the right. */
async function ofDiff(): Promise<Subject | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputTextDiff) || ours.includes(input.modified.scheme)) return undefined;
  const [original, modified] = await Promise.all([
    vscode.workspace.openTextDocument(input.original),
    vscode.workspace.openTextDocument(input.modified),
  ]);
  return ofChange(pathOf(input.modified), original.getText(), modified.getText(), 'Changes in the diff of');
}

function ofSelection({ document, selection }: vscode.TextEditor): Subject | undefined {
  if (selection.isEmpty || ours.includes(document.uri.scheme)) return undefined;
  const line = selection.start.line + 1;
  const originalResponse = document.getText(selection);
  if (originalResponse.trim() === '') return undefined;
  if (document.isUntitled) return { label: 'The selection', originalResponse, line };
  const file = pathOf(document.uri);
  return { label: `The selection in ${file}, line ${line}`, originalResponse, file, line };
}

/** What the working copy changed of the file as it was committed last. */
async function sinceHead(
  { document }: vscode.TextEditor,
  log: vscode.LogOutputChannel,
): Promise<Subject | undefined> {
  const head = await textAtHead(document.uri, log);
  if (head === undefined) return undefined;
  return ofChange(pathOf(document.uri), head, document.getText(), 'The changes since HEAD in');
}

function ofChange(file: string, before: string, after: string, label: string): Subject | undefined {
  const changed = changedText(before, after);
  if (!changed) return undefined;
  return {
    label: `${label} ${file} (${plural(changed.blocks, 'place')})`,
    originalResponse: changed.before,
    edit: { file, before: changed.before, after: changed.after },
    file,
  };
}

export interface FoundSubjects {
  /** Everything that a correction can be about where the person is now. */
  readonly all: readonly Subject[];
  /** What the person plainly points at; undefined where they must be asked. */
  readonly pointedAt: Subject | undefined;
}

export async function findSubjects(log: vscode.LogOutputChannel): Promise<FoundSubjects> {
  const editor = vscode.window.activeTextEditor;
  const inDiff = await ofDiff();
  const selected = editor && ofSelection(editor);
  const changed = inDiff ? undefined : editor && (await sinceHead(editor, log));
  const all = [inDiff, selected, changed, wordsAlone].filter((subject) => subject !== undefined);
  return { all, pointedAt: inDiff ?? selected ?? (changed ? undefined : wordsAlone) };
}
