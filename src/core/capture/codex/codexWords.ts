import * as z from 'zod/mini';
import type { Place } from '../traceBuilder';

const heldSchema = z.object({ line: z.number(), lineId: z.string(), at: z.string(), text: z.string() });

export const codexWordsSchema = z.object({
  /** The rollout has events for what people say. */
  events: z.boolean(),
  /** Messages of which it is not known yet whether an event will tell them. */
  held: z.array(heldSchema),
  /** The last that was told, as long as the agent has done nothing since. */
  last: z.optional(z.object({ text: z.string(), from: z.string() })),
});
export type CodexWordsMemory = z.infer<typeof codexWordsSchema>;
type Held = z.infer<typeof heldSchema>;

/**
 * A person's message stands in a rollout twice: as an item that the model is given, and right behind it as an event
 * (`user_message`, or `item_completed` in the paginated history of 2026). The items also hold what the tool itself puts
 * in, so the events are read. Rollouts of summer 2025, and what other tools write in this format, have no events: there an
 * item is held back until the agent answers it.
 */
export class CodexWords {
  #events: boolean;
  #held: Held[];
  #last: CodexWordsMemory['last'];

  constructor(past?: CodexWordsMemory) {
    this.#events = past?.events ?? false;
    this.#held = [...(past?.held ?? [])];
    this.#last = past?.last;
  }

  memory(): CodexWordsMemory {
    return { events: this.#events, held: this.#held, ...(this.#last && { last: this.#last }) };
  }

  /** A message among the model's items. */
  item(place: Place, text: string): void {
    if (!this.#events && text !== '') this.#held.push({ ...place, text });
  }

  /**
   * A message told by an event.
   * @param from which kind of event: the same message told by both kinds is one
   * @returns whether it is to be told
   */
  event(text: string, from: string): boolean {
    this.#events = true;
    this.#held = [];
    const again = this.#last?.text === text && this.#last.from !== from;
    this.#last = { text, from };
    return text !== '' && !again;
  }

  /** The agent is at work, or was stopped: what is held back now has no event. */
  answered(): readonly Held[] {
    const held = this.#held;
    this.#held = [];
    this.#last = undefined;
    return held;
  }
}

/** What editors put before a message: `# Context from my IDE setup:`, `# Files mentioned by the user:` and others. */
const requestMark = /^## My request for Codex:[ \t]*\n?/m;

/** A message without what the editor's extension or the desktop app wrote around it. */
export function typedWords(message: string): string {
  const mark = /^\s*(?:#|<|This block is automatically supplied)/.test(message)
    ? requestMark.exec(message)
    : null;
  return (mark ? message.slice(mark.index + mark[0].length) : message).trim();
}

/** Is this text of a user item the tool's own? Context is wrapped in tags, instructions have a heading. */
export function isInjected(text: string): boolean {
  return /^\s*(?:<[a-z]|# AGENTS\.md instructions\b)/i.test(text);
}
