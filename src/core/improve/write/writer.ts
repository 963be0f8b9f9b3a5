import type { Writer } from '../../model/improvement';
import type { Instruction, PromptDocument } from '../../prompt/promptDocument';

/** The words of one correction that a rule may be made from. Untrusted. */
export interface RuleSource {
  readonly correctionId: string;
  readonly sessionId: string;
  readonly text: string;
}

/** One rule in words that could stand in a prompt. */
export interface WrittenRule {
  /** One line, one sentence, ends with a period; no markup that would become structure of the prompt. */
  readonly text: string;
  /** In (0, 1]: how surely the people's words mean this rule. */
  readonly clarity: number;
  /** The words name the case in which the rule holds ("When …, …"). */
  readonly conditional: boolean;
  /** Correction whose words it is made from; for a model, the most typical one. */
  readonly correctionId: string;
  /** A short example on one line, without a period behind it, as in "`npm ci`, not `npm install`". */
  readonly example?: string;
  readonly writer: Writer;
}

export interface RuleRequest {
  readonly agentType: string;
  /** Most typical first. */
  readonly sources: readonly RuleSource[];
  /** The prompt as it stands. */
  readonly document: PromptDocument;
  /** Case in which the corrections happen, as in "working on .sql files". */
  readonly condition?: string;
  /** The instruction that was not followed. */
  readonly covering?: Instruction;
  readonly signal?: AbortSignal;
}

/** Makes rules from corrections that say the same. */
export interface RuleWriter {
  /** Candidates, the best first; none where no rule can be made. */
  write(request: RuleRequest): Promise<readonly WrittenRule[]>;
}
