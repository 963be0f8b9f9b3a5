import { logs } from '../model/collections';
import { type CorrectionType, type Signal, schemaVersion } from '../model/common';
import { type Correction, type Session, tellsMore } from '../model/correction';
import { byTimeThenId } from '../model/correctionOrder';
import type { Skipped } from '../ports';
import type { ImportSummary } from './correctionCapture';
import type { SessionFinding } from './fileFindings';
import { marksByKind } from './redaction/redact';
import { earlier, later, sameSession, withStored } from './sessionExposure';
import type { ReadFile } from './transcriptReading';
import { withThreads } from './usageTally';

type GatheredFile = Pick<ReadFile, 'findings' | 'corrections' | 'provisional' | 'withdrawn'>;

/** Gathers what one import finds in all files, each correction and each human turn once, also where files replay lines of others. */
export class ImportGathering {
  readonly #ids = new Set<string>();
  readonly #corrections = new Map<string, Correction>();
  readonly #sessions = new Map<string, Session>();
  /** Sessions in which somebody said something. */
  readonly #spoken = new Set<string>();
  readonly #seenTurns = new Set<string>();
  /** Messages and stops, by source. */
  readonly #seenUsage = new Set<string>();
  readonly #merged = new Set<string>();
  readonly #withdrawn = new Set<string>();
  readonly #skipped: Skipped[] = [];
  readonly #unknown = new Map<string, number>();
  #interactions = 0;

  skip(skipped: readonly Skipped[]): void {
    this.#skipped.push(...skipped);
  }

  /** Findings of earlier readings of the file are among them; the corrections are those of what was read now. */
  addFile({ findings, corrections, provisional, withdrawn }: GatheredFile): void {
    this.skip(findings.skipped);
    this.skip(provisional);
    for (const [type, times] of Object.entries(findings.unknownTypes)) {
      this.#unknown.set(type, (this.#unknown.get(type) ?? 0) + times);
    }
    for (const id of findings.corrections) this.#ids.add(id);
    for (const correction of corrections.values()) this.#keep(correction);
    for (const id of withdrawn) this.#withdrawn.add(id);
    for (const key of findings.mergedInterrupts) this.#merged.add(key);
    for (const session of findings.sessions) this.#addSession(session);
  }

  /** What was gathered up to now is stored, and need not be held any longer. */
  stored(): void {
    this.#corrections.clear();
    this.#withdrawn.clear();
  }

  /** The first file that holds a replayed line keeps it, unless a later one tells more of what followed. */
  #keep(correction: Correction): void {
    const known = this.#corrections.get(correction.correctionId);
    if (!known || tellsMore(correction, known)) {
      this.#corrections.set(correction.correctionId, correction);
    }
  }

  /** A session's subagents lie in files of their own. */
  #addSession(finding: SessionFinding): void {
    const { source, sessionId, path, main, startedAt, endedAt, spoken, turns } = finding;
    const key = `${source}:${sessionId}`;
    if (spoken) this.#spoken.add(key);
    const known = this.#sessions.get(key);
    const interactions = { ...known?.interactions };
    for (const [agent, keys] of Object.entries(turns)) {
      for (const turn of keys) {
        if (this.#seenTurns.has(`${source}:${turn}`)) continue;
        this.#seenTurns.add(`${source}:${turn}`);
        interactions[agent] = (interactions[agent] ?? 0) + 1;
        this.#interactions++;
      }
    }
    const usage = this.#usageWith(known, finding);
    this.#sessions.set(key, {
      schemaVersion,
      sessionId,
      source,
      path: main || known === undefined ? path : known.path,
      startedAt: earlier(known?.startedAt ?? startedAt, startedAt),
      endedAt: later(known?.endedAt ?? endedAt, endedAt),
      interactions: sorted(interactions),
      ...(usage && { usage }),
    });
  }

  #usageWith(known: Session | undefined, { source, usage }: SessionFinding): Session['usage'] {
    if (usage === undefined) return known?.usage;
    return withThreads(known?.usage ?? {}, usage, (key) => {
      const before = this.#seenUsage.size;
      return this.#seenUsage.add(`${source}:${key}`).size > before;
    });
  }

  /**
   * Corrections that are not stored yet; those of which less is stored than is known now; and the ids of those that are
   * stored and turned out to be none. Sorted by time, then id. What a person changed stays as it is.
   */
  unstored(known: ReadonlyMap<string, Correction>): {
    readonly fresh: readonly Correction[];
    readonly fuller: readonly Correction[];
    readonly withdrawn: ReadonlySet<string>;
  } {
    const found = [...this.#corrections.values()].sort(byTimeThenId);
    const untouched = (id: string) => known.has(id) && known.get(id)?.edited === undefined;
    return {
      fresh: found.filter(({ correctionId }) => !known.has(correctionId)),
      fuller: found.filter((correction) => {
        const before = known.get(correction.correctionId);
        return before !== undefined && before.edited === undefined && tellsMore(correction, before);
      }),
      withdrawn: new Set([...this.#withdrawn].filter((id) => !this.#ids.has(id) && untouched(id))),
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

  /** @param stored everything that is stored now */
  summary(newCorrections: number, stored: ReadonlyMap<string, Correction>): ImportSummary {
    const bySignal: Partial<Record<Signal, number>> = {};
    const byType: Partial<Record<CorrectionType, number>> = {};
    const redactionsByKind: Record<string, number> = {};
    let redactions = 0;
    let found = 0;
    for (const id of this.#ids) {
      const correction = stored.get(id);
      // Forgotten since: it is gone for good.
      if (!correction) continue;
      found++;
      bySignal[correction.signal] = (bySignal[correction.signal] ?? 0) + 1;
      byType[correction.correctionType] = (byType[correction.correctionType] ?? 0) + 1;
      redactions += correction.redactions;
      if (correction.redactions === 0) continue;
      for (const [kind, times] of Object.entries(marksByKind(JSON.stringify(correction)))) {
        redactionsByKind[kind] = (redactionsByKind[kind] ?? 0) + times;
      }
    }
    return {
      sessions: this.#spoken.size,
      interactions: this.#interactions,
      corrections: { found, new: newCorrections, bySignal: sorted(bySignal), byType: sorted(byType) },
      mergedInterrupts: this.#merged.size,
      skipped: this.#skipped,
      unknownTypes: sorted(Object.fromEntries(this.#unknown)),
      redactions,
      redactionsByKind: sorted(redactionsByKind),
    };
  }
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
