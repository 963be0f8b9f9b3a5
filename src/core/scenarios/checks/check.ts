import type { Check, CheckType } from '../scenarioSuite';

/** What one check says of an answer. */
export interface CheckOutcome {
  /** `program`: scored by a program of the person's own, and not by a check of the scenario. */
  readonly type: CheckType | 'program';
  readonly passed: boolean;
  /** In [0, 1]. */
  readonly score: number;
  readonly weight: number;
  /** Why it failed, or its measured value; for a person. */
  readonly note?: string;
}

export interface CheckTools {
  /** ISO 639-1 code; empty where it cannot be told. */
  detectLanguage?(text: string): Promise<string>;
  /** Runs a program with the answer on its standard input. @throws PipelineError TIMED_OUT, CANCELLED */
  runCommand?(command: string, input: string, signal: AbortSignal | undefined): Promise<number>;
}

export interface Verdict {
  readonly passed: boolean;
  readonly score?: number;
  readonly note?: string;
}

/** Looks at an answer by itself. */
export type Checker<T extends CheckType> = (
  answer: string,
  check: Extract<Check, { type: T }>,
  tools: CheckTools,
  signal: AbortSignal | undefined,
) => Verdict | Promise<Verdict>;
