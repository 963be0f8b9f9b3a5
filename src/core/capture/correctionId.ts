import type { Hash } from '../ports';
import type { CorrectionDraft } from './correctionDraft';

/** `c_` and the first 16 hexadecimal digits of SHA-256 over the parts. */
export function correctionIdOf(parts: readonly string[], hash: Hash): string {
  return `c_${hash.sha256(JSON.stringify(parts)).slice(0, 16)}`;
}

/**
 * The id of a captured correction: from source, line id and signal (and the tool use, as one line may hold several). The
 * session takes part only where the line has no id of the tool's own: a resumed session replays lines under another
 * session with the same id, and a replayed line is the same correction.
 */
export function capturedId(
  draft: Pick<CorrectionDraft, 'line' | 'lineId' | 'signal' | 'toolUseId'>,
  session: { readonly source: string; readonly sessionId: string; readonly agentType: string },
  hash: Hash,
): string {
  const { source, sessionId, agentType } = session;
  // A subagent's lines lie in a file of their own under the same session, so their numbers are its own too.
  const scope = hasOwnId(draft) ? '' : agentType === 'main' ? sessionId : `${sessionId}/${agentType}`;
  return correctionIdOf([source, scope, draft.lineId, draft.signal, draft.toolUseId ?? ''], hash);
}

/** Does the line have an id of the tool's own, and not just its number? */
export function hasOwnId({ line, lineId }: { readonly line: number; readonly lineId: string }): boolean {
  return lineId !== String(line);
}
