import type * as vscode from 'vscode';
import type { Improvement } from '../../core/model/improvement';
import { loadEngine } from '../engine';
import type { WorkspaceSession } from '../workspaceSession';
import { type HunkLocation, locateHunks } from './hunkLocations';
import { idOf } from './uris';

/** Where the hunks of a review stand in its right side as it is now, saved or not. */
export async function locateInDocument(
  session: WorkspaceSession,
  document: vscode.TextDocument,
): Promise<{ improvement: Improvement; locations: readonly HunkLocation[] } | undefined> {
  const improvementId = idOf(document.uri);
  if (!improvementId) return undefined;
  const { applyHunks } = await loadEngine();
  const state = await (await session.open()).review.show(improvementId);
  const apply = (hunks: Parameters<typeof applyHunks>[1]) => applyHunks(state.currentText, hunks);
  return {
    improvement: state.improvement,
    locations: locateHunks(state, apply, document.getText()),
  };
}
