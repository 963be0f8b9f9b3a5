import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { languageOf } from '../../src/core/capture/message/language';
import {
  type MessageContext,
  messageFeatures,
  replyFeatures,
} from '../../src/core/capture/message/messageFeatures';
import { withoutPastedText } from '../../src/core/capture/message/pastedText';
import { isProgramText } from '../../src/core/capture/message/programText';
import { openFileStore } from '../../src/node/fileStore';
import { systemClock } from '../../src/node/systemPorts';

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

/** Messages that the people of a workspace dismissed as no corrections. `root` holds `.claude-pm/`. */
export async function dismissedTurns(root: string): Promise<readonly Turn[]> {
  const store = await openFileStore(path.join(root, '.claude-pm'), { clock: systemClock });
  const { records } = await store.readLog('corrections');
  await store.close();
  return records
    .filter(({ signal, edited }) => signal === 'message' && edited?.dismissed === true)
    .map(({ sessionId, evidence, userCorrection, originalResponse }) => ({
      repo: path.basename(root),
      session: sessionId,
      line: evidence.line,
      text: userCorrection,
      agent: originalResponse,
      worked: true,
      correction: false,
      readers: 1,
    }));
}

export interface Example {
  readonly turn: Turn;
  readonly words: readonly string[];
  readonly reply: readonly string[];
  /** The product gives it no likelihood at all: no person's words, or nothing that could be corrected. */
  readonly silent: boolean;
  /** In another language than English: the models do not see it, the product judges it by a few cues. */
  readonly foreign: boolean;
}

export function exampleOf(turn: Turn): Example {
  const context: MessageContext = { after: turn.after, previousAgentOutput: turn.agent };
  return {
    turn,
    words: messageFeatures(turn.text, context),
    reply: turn.reply === undefined ? [] : replyFeatures(turn.reply),
    foreign: languageOf(withoutPastedText(turn.text)) !== 'en',
    silent: !turn.worked || isProgramText(turn.text) || withoutPastedText(turn.text).trim() === '',
  };
}
