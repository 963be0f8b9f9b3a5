import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Hunk } from '../../core/model/improvement';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { activeReview, proposalEditor } from './activeReview';
import type { HunkLocation } from './hunkLocations';
import { locateInDocument } from './reviewState';

/** The improvement named, else the one whose diff is in front. @throws PipelineError ILLEGAL_STATE */
export function requireImprovement(args: CommandArguments): string {
  const improvementId = args.improvementId ?? activeReview();
  if (improvementId !== undefined) return improvementId;
  throw new PipelineError('ILLEGAL_STATE', 'No review is open.', {
    subject: 'review',
    remedy: 'Open one with Review Improvement; nothing was changed.',
  });
}

/**
 * The hunk named, else the one at the cursor, else the first below it that fits.
 * @throws PipelineError ILLEGAL_STATE where there is none
 */
export async function requireHunk(
  host: Host,
  args: CommandArguments,
  fits: (hunk: Hunk) => boolean,
): Promise<{ improvementId: string; hunkId: string }> {
  const improvementId = requireImprovement(args);
  if (args.hunkId !== undefined) return { improvementId, hunkId: args.hunkId };
  const editor = proposalEditor(improvementId);
  const found = editor && (await locateInDocument(host.session, editor.document));
  const cursor = editor?.selection.active.line ?? 0;
  const fitting = (found?.locations ?? []).filter((location) => fits(location.hunk));
  const chosen =
    fitting.find(({ line, lines }) => cursor >= line && cursor < line + Math.max(1, lines)) ??
    fitting.find(({ line }) => line >= cursor) ??
    fitting.at(-1);
  if (chosen) return { improvementId, hunkId: chosen.hunk.hunkId };
  throw new PipelineError('ILLEGAL_STATE', 'No hunk of this review fits.', {
    subject: improvementId,
    remedy: 'Put the cursor on a hunk in the right side of its diff; nothing was changed.',
  });
}

/** Puts the keyboard into the right side, which can be typed in. */
export async function focusProposal(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.compareEditor.focusPrimarySide');
}

function show(editor: vscode.TextEditor, { line }: HunkLocation): void {
  const place = new vscode.Position(Math.min(line, editor.document.lineCount - 1), 0);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts the cursor on the first hunk at or below it that fits, else on the first that does; the focus stays where it is. */
export async function goToHunk(
  host: Host,
  improvementId: string,
  fits: (location: HunkLocation) => boolean,
): Promise<HunkLocation | undefined> {
  const editor = proposalEditor(improvementId);
  const found = editor && (await locateInDocument(host.session, editor.document));
  const fitting = found?.locations.filter(fits) ?? [];
  const cursor = editor?.selection.active.line ?? 0;
  const location = fitting.find(({ line }) => line >= cursor) ?? fitting[0];
  if (editor && location) show(editor, location);
  return location;
}

/** Goes one hunk on or back from the cursor, around the ends, and puts the keyboard into the right side. */
export async function stepHunk(
  host: Host,
  args: CommandArguments,
  step: 1 | -1,
): Promise<{ improvementId: string; hunkId: string } | undefined> {
  const improvementId = requireImprovement(args);
  const editor = proposalEditor(improvementId);
  const found = editor && (await locateInDocument(host.session, editor.document));
  const locations = found?.locations ?? [];
  const cursor = editor?.selection.active.line ?? 0;
  const next =
    step === 1
      ? (locations.find(({ line }) => line > cursor) ?? locations[0])
      : (locations.findLast(({ line }) => line < cursor) ?? locations.at(-1));
  if (!editor || !next) return undefined;
  await focusProposal();
  show(editor, next);
  return { improvementId, hunkId: next.hunk.hunkId };
}
