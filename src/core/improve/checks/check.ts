import type { CheckName, CheckResult, Hunk } from '../../model/improvement';
import type { PromptDocument } from '../../prompt/promptDocument';
import type { RuleSource } from '../write/writer';

/** What is looked at before a hunk is proposed, whoever wrote it. */
export interface CheckSubject {
  /** The prompt before the hunk. */
  readonly document: PromptDocument;
  readonly hunk: Pick<Hunk, 'strategy' | 'section' | 'startLine' | 'before' | 'after'>;
  /** The rule in one sentence; it may stand in the hunk with a condition before or an example behind. */
  readonly rule: string;
  /** Corrections that it was learned from; none for a finding about the prompts themselves. */
  readonly sources: readonly RuleSource[];
  /** Other instructions that hold for the same agent, from other prompt files. */
  readonly alsoInForce?: readonly PromptDocument[];
}

export interface Check {
  readonly name: CheckName;
  run(subject: CheckSubject): CheckResult;
}
