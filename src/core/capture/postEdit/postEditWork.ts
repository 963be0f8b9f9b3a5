import { promptOfAgent } from '../claudeCode/claudeCodePrompts';
import type { SessionTrace, TraceEvent } from '../correctionSource';
import type { AgentEdit } from '../fileFindings';

/** A span in which a program ran that an agent had started. Milliseconds. */
export interface ProgramRun {
  readonly from: number;
  readonly to: number;
}

/** Names of the tools that run programs, in the agents that are known. */
const runsPrograms = /bash|shell|exec|terminal|command/i;
/** A program that runs longer is a server or a watcher, beside which a person works. */
const longestRun = 120_000;

type EventOf<K extends TraceEvent['kind']> = Extract<TraceEvent, { kind: K }>;

/** What agents did to files according to one transcript: what they wrote, and when programs ran that could have. */
export class AgentWork {
  /** Not redacted. */
  readonly edits: AgentEdit[] = [];
  readonly runs: ProgramRun[] = [];
  /** When programs began that have not ended yet, by tool use. ISO 8601. */
  readonly #running: Map<string, string>;

  constructor(running: Readonly<Record<string, string>> = {}) {
    this.#running = new Map(Object.entries(running));
  }

  get running(): Record<string, string> {
    return Object.fromEntries(this.#running);
  }

  add(trace: SessionTrace): void {
    for (const event of trace.events) {
      if (event.kind === 'agent-edit') this.#wrote(event, trace);
      else if (event.kind === 'tool-use' && event.toolUseId !== '' && runsPrograms.test(event.name)) {
        this.#running.set(event.toolUseId, event.at);
      } else if (event.kind === 'tool-result' || event.kind === 'tool-rejected') this.#ended(event);
    }
  }

  #ended({ kind, toolUseId, at }: EventOf<'tool-result' | 'tool-rejected'>): void {
    const began = this.#running.get(toolUseId);
    this.#running.delete(toolUseId);
    if (began === undefined || kind === 'tool-rejected') return;
    const [from, to] = [Date.parse(began), Date.parse(at)];
    if (to - from <= longestRun) this.runs.push({ from, to });
  }

  #wrote(
    { line, lineId, at, toolUseId, file, added, hunks }: EventOf<'agent-edit'>,
    { sessionId, thread, agentType, path, cwd, promptsInForce }: SessionTrace,
  ): void {
    const patch = hunks ?? [{ marks: '+'.repeat(added.length), lines: added }];
    const prompt = promptOfAgent(promptsInForce, agentType);
    this.edits.push({
      ...{ sessionId, thread, agentType, path, toolUseId, line, lineId, at, file },
      hunks: patch.map(({ marks, lines }) => ({ marks, lines: [...lines] })),
      ...(cwd === undefined ? {} : { cwd }),
      ...(prompt === undefined ? {} : { prompt }),
    });
  }
}
