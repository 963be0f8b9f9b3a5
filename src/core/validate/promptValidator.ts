import type { EvidenceTier, Verdict } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';

export interface PromptComparison {
  readonly winner: 'a' | 'b' | null;
  readonly verdict: Verdict;
  readonly tier: EvidenceTier;
  readonly confidenceLevel: number;
  readonly pValue: number;
  /** Pass rate of b minus pass rate of a. */
  readonly effect: number;
  readonly interval: readonly [number, number] | null;
  readonly pairs: number;
  readonly requiredPairs: number | null;
  readonly reasons: readonly string[];
}

/** The `static` tier: no model runs; held-out corrections are checked against the old and the new text. A proxy. */
export class PromptValidator {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'random' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /** Scores an improvement's pending and accepted hunks, stores scenarios, results, A/B test and report, and links the report. */
  async validate(_improvementId: string, _signal?: AbortSignal): Promise<ValidationReport> {
    throw new Error('stub');
  }

  /** Quick validation of one prompt text against the agent's deployed prompt. */
  async validatePrompt(_text: string, _agentType: string, _signal?: AbortSignal): Promise<ValidationReport> {
    throw new Error('stub');
  }

  /** A/B of two texts on the stored corrections of an agent (all agents when left out). */
  async compare(_a: string, _b: string, _agentType: string | undefined): Promise<PromptComparison> {
    throw new Error('stub');
  }
}
