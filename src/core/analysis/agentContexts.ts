import type { Session } from '../model/correction';
import { type PromptDocument, readPrompt } from '../prompt/promptDocument';
import type { AgentContext } from './buildPattern';
import type { CorrectionTable } from './correctionTable';
import { type CorrectedSession, exposureOf } from './weeklySeries';

export interface ContextInput {
  readonly table: CorrectionTable;
  /** Rows of the agents that are looked at, oldest first. */
  readonly rows: ArrayLike<number>;
  readonly sessions: readonly Session[];
  /** Text of the prompt in force, by agent type. */
  readonly prompts: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly windowStart: number;
  readonly newest: number;
}

function promptOf(prompts: ReadonlyMap<string, string>, agentType: string): PromptDocument | undefined {
  const wanted = agentType.toLowerCase();
  const text = prompts.get(agentType) ?? [...prompts].find(([name]) => name.toLowerCase() === wanted)?.[1];
  return text === undefined ? undefined : readPrompt(text);
}

/** What is known of agents beside their corrections: how often they were at work, and what they were told. Looked up once an agent. */
export class AgentContexts {
  readonly #input: ContextInput;
  readonly #known = new Map<string, AgentContext>();

  constructor(input: ContextInput) {
    this.#input = input;
  }

  /** @param shared the pattern is of several agents: every session of any of them counts as exposure */
  of(agentType: string, shared: boolean): AgentContext {
    const key = `${shared} ${agentType}`;
    const known = this.#known.get(key) ?? this.#find(agentType, shared);
    this.#known.set(key, known);
    return known;
  }

  #find(agentType: string, shared: boolean): AgentContext {
    const { table, rows, sessions, prompts, windowStart, newest } = this.#input;
    const addressed = ({ interactions }: Session): boolean =>
      shared ? Object.keys(interactions).length > 0 : (interactions[agentType] ?? 0) > 0;
    const corrected: CorrectedSession[] = [];
    const exposed = new Set<string>();
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0;
      if (!shared && table.agents.name(table.agent(row)) !== agentType) continue;
      const sessionId = table.sessions.name(table.session(row));
      corrected.push({ sessionId, time: table.time(row) });
      if (table.time(row) >= windowStart) exposed.add(sessionId);
    }
    for (const session of sessions) {
      if (addressed(session) && Date.parse(session.endedAt) >= windowStart) exposed.add(session.sessionId);
    }
    return {
      exposure: exposureOf(corrected, sessions, addressed, newest),
      exposedSessions: exposed.size,
      prompt: promptOf(prompts, agentType),
    };
  }
}
