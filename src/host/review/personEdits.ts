import * as vscode from 'vscode';
import type { Workspace } from '../../node/openWorkspace';

export interface PersonEdits {
  /** What the person made of a hunk's text, by hunk id. */
  readonly edited: Readonly<Record<string, string>>;
  /** Hunks that the person took out of the right side, as with VS Code's Revert Block. */
  readonly reverted: readonly string[];
}

/** Reads what the person left on the right side of a review for the given pending hunks. */
export async function editsOf(
  { review }: Workspace,
  improvementId: string,
  hunkIds: readonly string[],
): Promise<PersonEdits> {
  const { proposedText } = await review.show(improvementId);
  const { hunks, editsElsewhere } = await review.interpret(improvementId, proposedText);
  if (editsElsewhere) {
    void vscode.window.showWarningMessage(
      'You also changed lines outside the hunks. Those changes belong to no hunk and stay out; make them in the prompt file itself.',
    );
  }
  const wanted = hunks.filter((edit) => hunkIds.includes(edit.hunkId));
  return {
    edited: Object.fromEntries(
      wanted.flatMap(({ hunkId, state, after }) =>
        state === 'edited' && after !== undefined ? [[hunkId, after]] : [],
      ),
    ),
    reverted: wanted.flatMap(({ hunkId, state }) => (state === 'reverted' ? [hunkId] : [])),
  };
}
