import type { SessionTrace, TranscriptFile } from '../correctionSource';
import { type EventBody, type Place, TraceBuilder } from '../traceBuilder';

interface Thread {
  readonly agentType: string;
  readonly trace: TraceBuilder;
  readonly prompts: Set<string>;
}

/** Most agents of one session that are told apart; what more there are go with the main thread. */
const mostThreads = 1000;

/** The agents of one chat session: the main thread, custom agents by their name, subagents by their call. */
export class CopilotThreads {
  readonly #threads = new Map<string, Thread>();

  add(id: string, agentType: string, place: Place, body: EventBody): void {
    const { trace } = this.#thread(id, agentType);
    trace.sawTime(place.at);
    trace.add(place, body);
  }

  sawPrompts(id: string, agentType: string, paths: readonly string[]): void {
    for (const path of paths) this.#thread(id, agentType).prompts.add(path);
  }

  build(sessionId: string, file: TranscriptFile, fallbackTime: string): readonly SessionTrace[] {
    return [...this.#threads]
      .filter(([, { trace }]) => trace.events.length > 0)
      .map(([thread, { agentType, trace, prompts }]) =>
        trace.build({
          source: 'copilot',
          sessionId,
          thread,
          agentType,
          path: file.path,
          fallbackTime,
          promptsInForce: [...prompts].map((path) => ({ path })),
        }),
      );
  }

  #thread(id: string, agentType: string): Thread {
    const known = this.#threads.get(id);
    if (known) return known;
    if (this.#threads.size >= mostThreads && id !== '') return this.#thread('', 'main');
    const thread: Thread = { agentType, trace: new TraceBuilder(), prompts: new Set() };
    this.#threads.set(id, thread);
    return thread;
  }
}
