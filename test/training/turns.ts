import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import {
  type MessageContext,
  messageFeatures,
  replyFeatures,
} from '../../src/core/capture/message/messageFeatures';
import { withoutPastedText } from '../../src/core/capture/message/pastedText';
import { isProgramText } from '../../src/core/capture/message/programText';

const turnSchema = z.object({
  repo: z.string(),
  session: z.nullable(z.string()),
  line: z.number(),
  text: z.string(),
  /** The end of what the agent had said before. */
  agent: z.string(),
  /** The agent had said or done something. */
  worked: z.boolean(),
  after: z.optional(z.enum(['interrupted', 'tool-rejected'])),
  /** The beginning of the agent's answer, where the transcript was kept. */
  reply: z.optional(z.string()),
  correction: z.boolean(),
  /** Of corrections; null where two readers differed. */
  reusable: z.optional(z.nullable(z.boolean())),
  readers: z.number(),
});
export type Turn = z.infer<typeof turnSchema>;

/** The labelled turns; see README.md beside them. */
export function labelledTurns(folder: string): readonly Turn[] {
  const lines = readFileSync(path.join(folder, 'turns.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => turnSchema.parse(JSON.parse(line)));
}

export interface Example {
  readonly turn: Turn;
  readonly words: readonly string[];
  readonly reply: readonly string[];
  /** The product gives it no likelihood at all: no person's words, or nothing that could be corrected. */
  readonly silent: boolean;
}

export function exampleOf(turn: Turn): Example {
  const context: MessageContext = { after: turn.after, previousAgentOutput: turn.agent };
  return {
    turn,
    words: messageFeatures(turn.text, context),
    reply: turn.reply === undefined ? [] : replyFeatures(turn.reply),
    silent: !turn.worked || isProgramText(turn.text) || withoutPastedText(turn.text).trim() === '',
  };
}
