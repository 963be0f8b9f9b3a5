import { logs } from '../model/collections';
import type { CorrectionType, Signal } from '../model/common';
import type { Correction, Session } from '../model/correction';
import type { Hash, Skipped } from '../ports';
import { mapAgentName } from './agentName';
import type { ImportSummary } from './correctionCapture';
import { hasOwnId } from './correctionId';
import type { ParsedTranscript, SessionTrace } from './correctionSource';
import { detectCorrections } from './detectCorrections';
import { sameSession, withStored, withTrace } from './sessionExposure';
import { toCorrection } from './toCorrection';

/** Gathers what one import finds, each correction and each human turn once, also where files replay lines of others. */
export class ImportGathering {
  readonly #corrections = new Map<string, Correction>();
  readonly #sessions = new Map<string, Session>();
  /** Sessions in which somebody said something. */
  readonly #spoken = new Set<string>();
  readonly #seenTurns = new Set<string>();
  readonly #skipped: Skipped[] = [];
  readonly #unknown = new Map<string, number>();
  #interactions = 0;

  constructor(
    readonly agentNames: Readonly<Record<string, string>>,
    readonly hash: Hash,
  ) {}

  skip(skipped: readonly Skipped[]): void {
    this.#skipped.push(...skipped);
  }

  add({ traces, skipped, unknownTypes }: ParsedTranscript): void {
    this.skip(skipped);
    for (const [type, count] of Object.entries(unknownTypes)) {
      this.#unknown.set(type, (this.#unknown.get(type) ?? 0) + count);
    }
    for (const trace of traces) this.#addTrace(trace);
  }

  #addTrace(trace: SessionTrace): void {
    const { drafts, turns } = detectCorrections(trace);
    for (const draft of drafts) this.#keep(toCorrection(draft, trace, this.agentNames, this.hash));
    const interactions: Record<string, number> = {};
    for (const turn of turns) {
      const key = JSON.stringify([trace.source, hasOwnId(turn) ? '' : trace.sessionId, turn.lineId]);
      if (this.#seenTurns.has(key)) continue;
      this.#seenTurns.add(key);
      const name = mapAgentName(turn.agentType, this.agentNames);
      interactions[name] = (interactions[name] ?? 0) + 1;
      this.#interactions++;
    }
    const key = `${trace.source}:${trace.sessionId}`;
    if (trace.events.some(({ kind }) => kind === 'human' || kind === 'agent')) this.#spoken.add(key);
    this.#sessions.set(key, withTrace(this.#sessions.get(key), trace, interactions));
  }

  /** The first file that holds a replayed line keeps it, unless a later one also holds the words that followed. */
  #keep(correction: Correction): void {
    const known = this.#corrections.get(correction.correctionId);
    if (!known || (known.userCorrection === '' && correction.userCorrection !== '')) {
      this.#corrections.set(correction.correctionId, correction);
    }
  }

  /**
   * Corrections that are not stored yet, and those of which only the stop was stored and the words came later; sorted by
   * time, then id.
   */
  unstored(stored: readonly Correction[]): {
    readonly fresh: readonly Correction[];
    readonly worded: readonly Correction[];
  } {
    const known = new Map(stored.map((correction) => [correction.correctionId, correction]));
    const found = [...this.#corrections.values()].sort(byTimeThenId);
    return {
      fresh: found.filter(({ correctionId }) => !known.has(correctionId)),
      worded: found.filter(({ correctionId, userCorrection }) => {
        return userCorrection !== '' && known.get(correctionId)?.userCorrection === '';
      }),
    };
  }

  /** Sessions that are new or have grown. */
  changedSessions(stored: readonly Session[]): readonly Session[] {
    const known = new Map(stored.map((session) => [logs.sessions.idOf(session), session]));
    return [...this.#sessions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, session]) => {
        const before = known.get(key);
        const now = withStored(before, session);
        return before && sameSession(before, now) ? [] : [now];
      });
  }

  summary(newCorrections: number): ImportSummary {
    const corrections = [...this.#corrections.values()].sort(byTimeThenId);
    const bySignal: Partial<Record<Signal, number>> = {};
    const byType: Partial<Record<CorrectionType, number>> = {};
    let redactions = 0;
    for (const { signal, correctionType, redactions: removed } of corrections) {
      bySignal[signal] = (bySignal[signal] ?? 0) + 1;
      byType[correctionType] = (byType[correctionType] ?? 0) + 1;
      redactions += removed;
    }
    return {
      sessions: this.#spoken.size,
      interactions: this.#interactions,
      corrections: {
        found: corrections.length,
        new: newCorrections,
        bySignal: sorted(bySignal),
        byType: sorted(byType),
      },
      skipped: this.#skipped,
      unknownTypes: sorted(Object.fromEntries(this.#unknown)),
      redactions,
    };
  }
}

export function byTimeThenId(a: Correction, b: Correction): number {
  return Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.correctionId < b.correctionId ? -1 : 1);
}

/** Keys in alphabetical order, so that the same import prints the same bytes. */
function sorted<T extends object>(counts: T): T {
  return Object.assign(
    {},
    ...Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ [key]: value })),
  );
}
