import * as z from 'zod/mini';
import { firstText } from '../claudeCode/claudeCodeLines';
import type { CodexLine } from './codexLines';

export const codexCopiesSchema = z.object({
  copying: z.boolean(),
  /** When the fork was made, milliseconds. */
  forkedAt: z.optional(z.number()),
  /** Number (`ordinal`) of the session's own first line. */
  ownFrom: z.optional(z.number()),
  /** Time of the line before, milliseconds. */
  lastAt: z.optional(z.number()),
});
export type CodexCopiesMemory = z.infer<typeof codexCopiesSchema>;

/** Copies are written at once; whatever comes later than this behind the line before is the session's own. Milliseconds. */
const pause = 1000;

/**
 * Tells which lines of a forked session are copies of another session's. `codex fork`, editing an earlier message and
 * subagents that are given the history copy the lines of the parent, most versions with the time of the copy (ccusage
 * issues #1370 and #1460, kenn-io/agentsview pull request #657). Turn ids are UUIDs of version 7 and keep the time at
 * which the turn began; newer lines carry an `ordinal`; else the pause behind the copies tells.
 */
export class CodexCopies {
  #state: CodexCopiesMemory;

  constructor(past?: CodexCopiesMemory) {
    this.#state = past ?? { copying: false };
  }

  memory(): CodexCopiesMemory {
    return this.#state;
  }

  /** @param at time of the fork, milliseconds */
  begin(at: number | undefined, ownFrom: unknown): void {
    this.#state = {
      copying: true,
      ...(at === undefined ? {} : { forkedAt: at, lastAt: at }),
      ...(typeof ownFrom === 'number' ? { ownFrom } : {}),
    };
  }

  /** @param at time of the line, milliseconds */
  isCopy(line: CodexLine, ordinal: unknown, at: number | undefined): boolean {
    const state = this.#state;
    if (!state.copying) return false;
    const own = this.#isOwn(line, ordinal, at);
    if (own) this.#state = { copying: false };
    else if (at !== undefined) this.#state = { ...state, lastAt: at };
    return !own;
  }

  /** @param at time of a copy, milliseconds */
  isBeforeFork(at: number): boolean {
    return this.#state.forkedAt !== undefined && at < this.#state.forkedAt;
  }

  #isOwn(line: CodexLine, ordinal: unknown, at: number | undefined): boolean {
    const { forkedAt, ownFrom, lastAt } = this.#state;
    if (ownFrom !== undefined && typeof ordinal === 'number') return ordinal >= ownFrom;
    const began = turnBegan(line);
    if (began !== undefined && forkedAt !== undefined) return began >= forkedAt - pause;
    // Some versions leave the parent's times as they are.
    if (at === undefined || (forkedAt !== undefined && at < forkedAt - pause)) return false;
    return lastAt !== undefined && at - lastAt >= pause;
  }
}

/** When the turn began that this line opens, milliseconds; undefined for lines that open none, or do not tell. */
function turnBegan(line: CodexLine): number | undefined {
  const opens = line.kind === 'turn' || (line.kind === 'event' && /^(?:task|turn)_started$/.test(line.type));
  return opens ? timeOfUuid(firstText(line.fields, ['turn_id'])) : undefined;
}

/** RFC 9562, section 5.7: the first 48 bits of a UUID of version 7 are milliseconds since 1970. */
export function timeOfUuid(id: string | undefined): number | undefined {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(id ?? '');
  return found ? Number.parseInt(`${found[1]}${found[2]}`, 16) : undefined;
}
