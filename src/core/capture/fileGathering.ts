import { type Correction, tellsMore } from '../model/correction';
import type { Hash, Skipped } from '../ports';
import { mapAgentName } from './agentName';
import { capturedId, hasOwnId } from './correctionId';
import type { ParsedTranscript, SessionTrace } from './correctionSource';
import type { LinePlace } from './detectCorrections';
import type { Checkpoint, FileFindings, SessionFinding } from './fileFindings';
import { AgentWork } from './postEdit/postEditWork';
import type { RedactionOptions } from './redaction/redact';
import { earlier, later } from './sessionExposure';
import { SessionWalk } from './sessionWalk';
import { toCorrection } from './toCorrection';
import type { Twin } from './twins';
import { UsageTally } from './usageTally';

export interface GatheringContext {
  /** Those of twins among them. */
  readonly agentNames: Readonly<Record<string, string>>;
  readonly twins: readonly Twin[];
  readonly hash: Hash;
  readonly redaction: RedactionOptions;
}

/** Gathers what one transcript tells, piece by piece, going on from a checkpoint where there is one. */
export class FileGathering {
  /** What these pieces told. */
  readonly corrections = new Map<string, Correction>();
  /** Ids of what earlier pieces told and these take back. */
  readonly withdrawn = new Set<string>();
  /** What agents did to files according to these pieces. */
  readonly work: AgentWork;
  /** What could not be read for now. */
  readonly provisional: Skipped[] = [];
  readonly #context: GatheringContext;
  readonly #forgets: (correction: Correction) => boolean;
  readonly #walks = new Map<string, SessionWalk>();
  readonly #ids: Set<string>;
  readonly #sessions: Map<string, SessionFinding>;
  /** By session. */
  readonly #usage = new Map<string, UsageTally>();
  readonly #skipped: FileFindings['skipped'];
  readonly #unknown: Map<string, number>;
  readonly #merged: Set<string>;

  /** @param forgets corrections that a person wants never to see again: they are not even counted */
  constructor(
    context: GatheringContext,
    forgets: (correction: Correction) => boolean,
    from?: Pick<Checkpoint, 'findings' | 'walks'>,
  ) {
    this.#context = context;
    this.#forgets = forgets;
    const past = from?.findings;
    this.work = new AgentWork(past?.running);
    this.#ids = new Set(past?.corrections);
    this.#sessions = new Map(past?.sessions.map((session) => [session.sessionId, session]));
    for (const { sessionId, usage } of past?.sessions ?? []) {
      if (usage) this.#usage.set(sessionId, new UsageTally(usage));
    }
    this.#skipped = [...(past?.skipped ?? [])];
    this.#unknown = new Map(Object.entries(past?.unknownTypes ?? {}));
    this.#merged = new Set(past?.mergedInterrupts);
    for (const { key, agentType, memory } of from?.walks ?? []) {
      this.#walks.set(key, new SessionWalk(agentType, memory));
    }
  }

  add({ traces, skipped, unknownTypes, provisional }: ParsedTranscript): void {
    (provisional ? this.provisional : this.#skipped).push(...skipped);
    for (const [type, times] of Object.entries(unknownTypes)) {
      this.#unknown.set(type, (this.#unknown.get(type) ?? 0) + times);
    }
    for (const trace of traces) this.#addTrace(trace);
  }

  findings(): FileFindings {
    return {
      corrections: [...this.#ids],
      sessions: [...this.#sessions.values()].map((session) => {
        const usage = this.#usage.get(session.sessionId)?.findings();
        return { ...session, ...(usage && { usage }) };
      }),
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries(this.#unknown),
      mergedInterrupts: [...this.#merged],
      edits: [],
      running: this.work.running,
    };
  }

  walks(): Checkpoint['walks'] {
    return [...this.#walks].map(([key, walk]) => {
      return { key, agentType: walk.agentType, memory: walk.memory() };
    });
  }

  #addTrace(trace: SessionTrace): void {
    const { agentNames } = this.#context;
    const { drafts, turns, mergedInterrupts, withdrawn } = this.#walkOf(trace).walk(trace.events);
    for (const draft of drafts) this.keep(toCorrection(draft, trace, this.#context));
    for (const draft of withdrawn) this.#withdraw(capturedId(draft, trace, this.#context.hash));
    for (const place of mergedInterrupts) this.#merged.add(placeKey(trace, place));
    const session = this.#sessionOf(trace);
    for (const turn of turns) {
      const name = mapAgentName(turn.agentType, agentNames);
      const keys = session.turns[name] ?? [];
      keys.push(placeKey(trace, turn));
      session.turns[name] = keys;
    }
    const stops = drafts.filter(({ signal }) => signal === 'interrupted');
    this.#count(
      trace,
      stops.map((stop) => placeKey(trace, stop)),
    );
    this.work.add(trace);
  }

  #count({ sessionId, thread, agentType, messages }: SessionTrace, stops: readonly string[]): void {
    if (messages === undefined) return;
    const tally = this.#usage.get(sessionId) ?? new UsageTally();
    this.#usage.set(sessionId, tally);
    tally.add(thread, mapAgentName(agentType, this.#context.agentNames), messages, stops);
  }

  #walkOf({ sessionId, thread, agentType }: SessionTrace): SessionWalk {
    const key = JSON.stringify([sessionId, thread]);
    const walk = this.#walks.get(key) ?? new SessionWalk(agentType);
    walk.agentType = agentType;
    this.#walks.set(key, walk);
    return walk;
  }

  #withdraw(id: string): void {
    this.corrections.delete(id);
    this.#ids.delete(id);
    this.withdrawn.add(id);
  }

  /** What tells more replaces what was told before. */
  keep(correction: Correction): void {
    if (this.#forgets(correction)) return;
    const known = this.corrections.get(correction.correctionId);
    this.#ids.add(correction.correctionId);
    if (!known || !tellsMore(known, correction)) {
      this.corrections.set(correction.correctionId, correction);
    }
  }

  #sessionOf(trace: SessionTrace): SessionFinding {
    const { source, sessionId, path, startedAt, endedAt } = trace;
    const main = trace.agentType === 'main';
    const spoken = trace.events.some(({ kind }) => kind === 'human' || kind === 'agent');
    const known = this.#sessions.get(sessionId);
    const session: SessionFinding = {
      source,
      sessionId,
      path,
      main: main || known?.main === true,
      startedAt: earlier(known?.startedAt ?? startedAt, startedAt),
      endedAt: later(known?.endedAt ?? endedAt, endedAt),
      spoken: spoken || known?.spoken === true,
      turns: known?.turns ?? {},
    };
    this.#sessions.set(sessionId, session);
    return session;
  }
}

/** The same for a line that is replayed in another session with its own id. */
function placeKey({ sessionId }: SessionTrace, place: LinePlace): string {
  return hasOwnId(place) ? place.lineId : `${sessionId}#${place.lineId}`;
}
