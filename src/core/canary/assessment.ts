import type { MetricKey } from './metrics';

/** One variant's sessions by one metric. For the reader: no decision rests on it. */
export interface VariantFigures {
  /** Settled sessions in which the metric is known. */
  readonly sessions: number;
  /** Those in which its event happened. */
  readonly sessionsWith: number;
  /** Of `sessionsWith`, with its 95% Wilson interval of this one look; nulls without a session. */
  readonly share: number | null;
  readonly shareInterval: readonly [number, number] | null;
  /** Mean of the count a session, with its 95% interval of this one look: quasi-Poisson for events of people, else null. */
  readonly mean: number | null;
  readonly meanInterval: readonly [number, number] | null;
}

export interface MetricFigures {
  readonly key: MetricKey;
  readonly control: VariantFigures;
  readonly canary: VariantFigures;
  /**
   * Canary minus control of the shares of sessions with the event, weighted over the stages (Mantel-Haenszel), and an interval of 1 - alpha
   * that holds at every look at once. Nulls where no stage has sessions of both.
   */
  readonly difference: number | null;
  readonly differenceInterval: readonly [number, number] | null;
}

/** What an always-valid test has shown so far. */
export interface Shown {
  readonly threshold: number;
  /** After the last session. */
  readonly eValue: number;
  /** Running maximum, the start (1) included. */
  readonly maximum: number;
  /** Settled sessions at which it first reached the threshold; null where it did not. */
  readonly reachedAt: number | null;
}

export interface MetricEvidence {
  readonly key: MetricKey;
  /** That the canary's share of sessions with the event is not higher by the margin. */
  readonly notWorse: Shown & {
    readonly margin: number;
    /** No session tells it: the guardrail cannot be looked at, and stops nothing. */
    readonly unknown: boolean;
  };
  /** E-value that it is higher: by anything for events of people, by more than the margin for what sessions take. */
  readonly harmEValue: number;
}

/** After one more settled session: e-values of the goal and of harm. */
export interface EvidencePoint {
  readonly sessions: number;
  readonly goal: number;
  readonly harm: number;
}

/** All that decisions rest on. */
export interface ExperimentEvidence {
  readonly sessions: { readonly control: number; readonly canary: number };
  /** Settled sessions of the present stage. */
  readonly stageSessions: { readonly control: number; readonly canary: number };
  /** The metric that the goal is about. */
  readonly primary: MetricKey;
  readonly metrics: readonly MetricEvidence[];
  /** `superiority`: fewer in the canary; `non-inferiority`: not more by the margin. */
  readonly goal: Shown;
  /** Weighted mean of the metrics' e-values for harm, and the metric that weighs most in it. */
  readonly harm: Shown & { readonly by: MetricKey };
  /** Greatest e-values that sides do not come out with the stated chance: of all assignments, and of the settled sessions. */
  readonly ratio: {
    readonly threshold: number;
    readonly assigned: number;
    readonly settled: number;
    readonly broken: boolean;
  };
  readonly path: readonly EvidencePoint[];
  /** Rough: further sessions until the goal, should the evidence go on growing as it has; null where it does not grow, or is reached. */
  readonly moreSessions: number | null;
}

/** All that is known of an experiment. Nothing in it is random. */
export interface Assessment extends ExperimentEvidence {
  readonly experimentId: string;
  readonly figures: readonly MetricFigures[];
  /** Exposed sessions that may still go on. */
  readonly unsettled: number;
  /** Exposed sessions of which no transcript was read. */
  readonly withoutTranscript: { readonly control: number; readonly canary: number };
  /** Sessions that should have got the candidate and got the original, by reason. */
  readonly faults: Readonly<Record<string, number>>;
  /** Sessions that got the one text at some time and the other at another; each counts as it was assigned first. */
  readonly contaminated: number;
}
