import type { Correction, Forgotten } from '../model/correction';
import type { Skipped, Store } from '../ports';

/** What is stored, and what a person wants never to see again. */
export interface KnownCorrections {
  readonly stored: ReadonlyMap<string, Correction>;
  readonly skipped: readonly Skipped[];
  /** Was this very correction forgotten, or its session, or all of its age? */
  forgets(correction: Pick<Correction, 'correctionId' | 'sessionId' | 'timestamp'>): boolean;
  /** Stored, or forgotten by its id: it need not be read again. */
  accountsFor(correctionId: string): boolean;
}

export async function knownCorrections(
  store: Pick<Store, 'readLog'>,
  oldestKept?: Date,
): Promise<KnownCorrections> {
  const [corrections, forgotten] = await Promise.all([
    store.readLog('corrections'),
    store.readLog('forgotten'),
  ]);
  const stored = new Map(corrections.records.map((correction) => [correction.correctionId, correction]));
  const values = (kind: Forgotten['kind']) =>
    forgotten.records.filter((entry) => entry.kind === kind).map(({ value }) => value);
  const ids = new Set(values('id'));
  const sessions = new Set(values('session'));
  const before = Math.max(
    oldestKept?.getTime() ?? -Infinity,
    ...values('before').map((time) => Date.parse(time)),
  );
  return {
    stored,
    skipped: [...corrections.skipped, ...forgotten.skipped],
    forgets: ({ correctionId, sessionId, timestamp }) =>
      ids.has(correctionId) || sessions.has(sessionId) || Date.parse(timestamp) < before,
    accountsFor: (correctionId) => stored.has(correctionId) || ids.has(correctionId),
  };
}
