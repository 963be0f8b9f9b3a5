import type * as vscode from 'vscode';
import type { Improvement } from '../../core/model/improvement';
import type { HunkConflict } from '../../core/review/reviewBase';
import { loadEngine } from '../engine';
import type { WorkspaceSession } from '../workspaceSession';
import { type HunkLocation, locateHunks } from './hunkLocations';
import { idOf } from './uris';

/** A review as its right side shows it now, saved or not. */
export interface LocatedReview {
  readonly improvement: Improvement;
  readonly locations: readonly HunkLocation[];
  /** Ids of hunks whose words the person typed over. */
  readonly edited: ReadonlySet<string>;
  readonly conflicts: readonly HunkConflict[];
}

export async function locateInDocument(
  session: WorkspaceSession,
  document: vscode.TextDocument,
): Promise<LocatedReview | undefined> {
  const improvementId = idOf(document.uri);
  if (!improvementId) return undefined;
  const { applyHunks, interpretEdits } = await loadEngine();
  const state = await (await session.open()).review.show(improvementId);
  const apply = (hunks: Parameters<typeof applyHunks>[1]) => applyHunks(state.currentText, hunks);
  const typed = document.getText();
  const { hunks } = interpretEdits(state.currentText, state.pending, typed);
  return {
    improvement: state.improvement,
    locations: locateHunks(state, apply, typed),
    edited: new Set(hunks.flatMap(({ hunkId, state: how }) => (how === 'edited' ? [hunkId] : []))),
    conflicts: state.conflicts,
  };
}
