import type { Strategy as StrategyName } from '../../model/common';
import type { Instruction, PromptDocument } from '../../prompt/promptDocument';

/** What is to be got into a prompt. */
export interface StrategyCase {
  readonly document: PromptDocument;
  /** One sentence with its period, on one line. */
  readonly rule: string;
  /** Case in which the corrections happen, as in "editing .sql files"; it is not in the rule's words yet. */
  readonly condition?: string;
  /** The rule's own words name its case. */
  readonly conditional: boolean;
  /** The instruction that the agent did not follow. */
  readonly covering?: Instruction;
  /** A short example, as the writer gave it; it is not in the rule. */
  readonly example?: string;
  /** Stemmed content words of the corrections, for finding the section that the rule belongs to. */
  readonly words: readonly string[];
}

/** One change of whole lines. `startLine` counts from 0. */
export interface Edit {
  readonly section: string;
  readonly startLine: number;
  readonly before: string;
  readonly after: string;
  /** Second half of the reason: what stands in the prompt and so what is done. Without a period. */
  readonly because: string;
}

export interface Strategy {
  readonly name: StrategyName;
  /** `undefined` where the strategy does not suit the case. */
  propose(subject: StrategyCase): Edit | undefined;
}
