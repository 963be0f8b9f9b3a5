import type { Correction } from '../model/correction';

/** Session ids on either side of the split. Every session of the corrections stands in exactly one of the two. */
export interface HeldOutSplit {
  readonly training: ReadonlySet<string>;
  readonly heldOut: ReadonlySet<string>;
  /** ISO time of the first correction of the oldest held-out session; null where nothing is held out. */
  readonly splitAt: string | null;
}

/** What stands first in time stands first; equal times are told apart by id, so that the order is one. */
function byTimeThenId(a: readonly [string, number], b: readonly [string, number]): number {
  return a[1] - b[1] || (a[0] < b[0] ? -1 : 1);
}

/**
 * Splits by session and by time, never by row: what generated an edit must not judge it. The newest third of the
 * sessions (rounded down, at least one once there are two) is held out; sessions are ordered by the time of their
 * first correction, then by id. A single session is all training.
 */
export function splitSessions(corrections: readonly Correction[]): HeldOutSplit {
  const firstAt = new Map<string, number>();
  const firstIso = new Map<string, string>();
  for (const { sessionId, timestamp } of corrections) {
    const at = Date.parse(timestamp);
    if (at >= (firstAt.get(sessionId) ?? Number.POSITIVE_INFINITY)) continue;
    firstAt.set(sessionId, at);
    firstIso.set(sessionId, timestamp);
  }
  const sessions = [...firstAt].sort(byTimeThenId).map(([sessionId]) => sessionId);
  const held = sessions.length < 2 ? 0 : Math.max(1, Math.floor(sessions.length / 3));
  const heldOut = sessions.slice(sessions.length - held);
  const oldest = heldOut[0];
  return {
    training: new Set(sessions.slice(0, sessions.length - held)),
    heldOut: new Set(heldOut),
    splitAt: oldest === undefined ? null : (firstIso.get(oldest) ?? null),
  };
}
