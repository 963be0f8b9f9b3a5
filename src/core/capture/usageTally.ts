import * as z from 'zod/mini';
import { count } from '../model/common';
import type { AgentUsage } from '../model/correction';
import type { MessageTokens, MessageUsage } from './correctionSource';

const tokensSchema = z.tuple([count, count, count, count]);

/** What one transcript told of the messages of one agent in one session. */
export const threadUsageSchema = z.object({
  thread: z.string(),
  agentType: z.string(),
  /** By id. */
  messages: z.array(z.tuple([z.string(), z.nullable(tokensSchema)])),
  /** Keys of the lines on which a person stopped it. */
  stops: z.array(z.string()),
});
export type ThreadUsage = z.infer<typeof threadUsageSchema>;

interface Thread {
  agentType: string;
  readonly messages: Map<string, MessageTokens | null>;
  readonly stops: Set<string>;
}

/** Counts the messages of one session, each once, however many lines and pieces of a transcript tell of it. */
export class UsageTally {
  readonly #threads: Map<string, Thread>;

  constructor(past: readonly ThreadUsage[] = []) {
    this.#threads = new Map(
      past.map(({ thread, agentType, messages, stops }) => [
        thread,
        { agentType, messages: new Map(messages), stops: new Set(stops) },
      ]),
    );
  }

  /** @param agentType what the thread is known as by now: a later piece may know better */
  add(thread: string, agentType: string, messages: readonly MessageUsage[], stops: readonly string[]): void {
    const known: Thread = this.#threads.get(thread) ?? { agentType, messages: new Map(), stops: new Set() };
    known.agentType = agentType;
    this.#threads.set(thread, known);
    for (const { messageId, tokens } of messages) {
      known.messages.set(messageId, larger(known.messages.get(messageId) ?? null, tokens));
    }
    for (const stop of stops) known.stops.add(stop);
  }

  findings(): ThreadUsage[] {
    return [...this.#threads].map(([thread, { agentType, messages, stops }]) => ({
      thread,
      agentType,
      messages: [...messages].map(([id, tokens]) => [id, tokens && [...tokens]]),
      stops: [...stops],
    }));
  }
}

/** The figures of a message grow while it is written. */
function larger(a: MessageTokens | null, b: MessageTokens | null): MessageTokens | null {
  if (a === null || b === null) return a ?? b;
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

export type UsageByAgent = Readonly<Record<string, AgentUsage>>;

const nothing: AgentUsage = {
  turns: 0,
  turnsWithoutTokens: 0,
  inputTokens: 0,
  cacheWriteTokens: 0,
  cacheReadTokens: 0,
  outputTokens: 0,
  interruptions: 0,
};

/**
 * Adds what one more transcript tells to what others told of the session.
 * @param isNew of a key, once: a session that is continued elsewhere holds the messages of the first once more
 */
export function withThreads(
  usage: UsageByAgent,
  threads: readonly ThreadUsage[],
  isNew: (key: string) => boolean,
): UsageByAgent {
  const sums = new Map(Object.entries(usage));
  for (const { agentType, messages, stops } of threads) {
    const sum = { ...(sums.get(agentType) ?? nothing) };
    for (const [id, tokens] of messages) if (isNew(`message ${id}`)) addMessage(sum, tokens);
    sum.interruptions += stops.filter((key) => isNew(`stop ${key}`)).length;
    sums.set(agentType, sum);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function addMessage(sum: AgentUsage, tokens: MessageTokens | null): void {
  sum.turns++;
  if (tokens === null) {
    sum.turnsWithoutTokens++;
    return;
  }
  sum.inputTokens += tokens[0];
  sum.cacheWriteTokens += tokens[1];
  sum.cacheReadTokens += tokens[2];
  sum.outputTokens += tokens[3];
}

/** Of two readings of a session the one that saw more of an agent holds: an import of one of its files alone sees less. */
export function fullerUsage(
  stored: UsageByAgent | undefined,
  found: UsageByAgent | undefined,
): UsageByAgent | undefined {
  if (stored === undefined || found === undefined) return stored ?? found;
  const fuller = new Map(Object.entries(stored));
  for (const [agent, usage] of Object.entries(found)) {
    const known = fuller.get(agent);
    if (known === undefined || usage.turns >= known.turns) fuller.set(agent, usage);
  }
  return Object.fromEntries([...fuller].sort(([a], [b]) => (a < b ? -1 : 1)));
}
