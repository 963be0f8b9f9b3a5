import { isoTime } from '../model/common';
import type { SessionTrace, TraceEvent } from './correctionSource';

type WithoutPosition<E> = E extends unknown ? Omit<E, 'line' | 'lineId' | 'at'> : never;
/** An event before it is known where it stands. */
export type EventBody = WithoutPosition<TraceEvent>;

export interface Place {
  readonly line: number;
  readonly lineId: string;
  readonly at: string;
}

/** Gathers the events of one agent in one piece of a transcript, and the span of time that they cover. */
export class TraceBuilder {
  readonly #events: TraceEvent[] = [];
  #startedAt: string | undefined;
  #endedAt: string | undefined;

  get events(): readonly TraceEvent[] {
    return this.#events;
  }

  add(place: Place, body: EventBody): void {
    this.#events.push({ ...place, ...body });
  }

  /** Widens the span of the session. Lines without events count too: the agent was at work. */
  sawTime(at: string): void {
    if (this.#startedAt === undefined || isBefore(at, this.#startedAt)) this.#startedAt = at;
    if (this.#endedAt === undefined || isBefore(this.#endedAt, at)) this.#endedAt = at;
  }

  /** @param session `thread` and `agentType` are those of a file's own agent, on the main thread, where they are left out */
  build(
    session: Pick<SessionTrace, 'source' | 'sessionId' | 'path'> &
      Partial<Pick<SessionTrace, 'thread' | 'agentType' | 'promptsInForce' | 'messages'>> & {
        readonly cwd?: string | undefined;
        readonly fallbackTime: string;
      },
  ): SessionTrace {
    const { cwd, fallbackTime, ...rest } = session;
    return {
      thread: '',
      agentType: 'main',
      promptsInForce: [],
      ...rest,
      ...(cwd === undefined ? {} : { cwd }),
      startedAt: this.#startedAt ?? fallbackTime,
      endedAt: this.#endedAt ?? this.#startedAt ?? fallbackTime,
      events: this.#events,
    };
  }
}

/** Times of one shape in UTC have the order of their characters; almost all are. */
function isBefore(a: string, b: string): boolean {
  return a.length === b.length && a.endsWith('Z') && b.endsWith('Z') ? a < b : Date.parse(a) < Date.parse(b);
}

const usualTime = /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|30)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** The time as ISO 8601 with offset, or undefined when the text is no time. */
export function readTime(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const usual = usualTime.test(value) && !value.startsWith('-02-30', 4);
  if (usual || isoTime.safeParse(value).success) return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
