import * as z from 'zod/mini';
import { type CorrectionDraft, correctionDraftSchema } from './correctionDraft';
import { judgeMessage, messageThresholds } from './message/messageClassifier';

export const messageInWaitSchema = z.object({
  draft: correctionDraftSchema,
  /** It was told of by its words alone. */
  told: z.boolean(),
});
type Waiting = Readonly<z.infer<typeof messageInWaitSchema>>;

/** What an answer made of a message. `before` is the draft that was told of by the words alone. */
export type Answered =
  | { readonly correction: CorrectionDraft; readonly before: CorrectionDraft | undefined }
  | { readonly none: CorrectionDraft; readonly before: CorrectionDraft | undefined };

/**
 * A message that waits for the agent's answer, by which it is judged better than by its words alone. Until then, what is
 * likely by its words shows at once, and the answer may take it back.
 */
export class MessageInWait {
  #waiting: Waiting | undefined;

  constructor(memory?: Waiting) {
    this.#waiting = memory;
  }

  memory(): Waiting | undefined {
    return this.#waiting;
  }

  wait(draft: CorrectionDraft): void {
    this.#waiting = { draft, told: false };
  }

  /** The message, where it is likely a correction by its words and was not told of yet. */
  tell(): CorrectionDraft | undefined {
    if (!this.#waiting || this.#waiting.told) return undefined;
    const { draft } = this.#waiting;
    if (draft.likelihood < messageThresholds.words) return undefined;
    this.#waiting = { draft, told: true };
    return draft;
  }

  /** No answer will come any more. */
  leave(): CorrectionDraft | undefined {
    const draft = this.tell();
    this.#waiting = undefined;
    return draft;
  }

  answered(reply: string): Answered | undefined {
    if (!this.#waiting) return undefined;
    const { draft, told } = this.#waiting;
    this.#waiting = undefined;
    const before = told ? draft : undefined;
    const context = { after: undefined, previousAgentOutput: draft.agentText };
    const { likelihood, because } = judgeMessage(draft.words, context, reply);
    if (likelihood < messageThresholds.answered) {
      const certain = draft.likelihood >= messageThresholds.certain;
      return certain ? { correction: draft, before } : { none: draft, before };
    }
    return { correction: { ...draft, likelihood, because: [...because], judgedBy: 'reply' }, before };
  }
}
