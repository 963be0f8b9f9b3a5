import { sameAgent } from '../../model/agentType';
import type { Strategy } from '../../model/common';
import type { OutcomeCounts, OutcomeWeight } from '../../model/improvement';
import { incompleteBeta, logBeta } from '../../statistics/incompleteBeta';
import { noOutcomes, type OutcomeRow, sumOfCounts } from './countOutcomes';

/** The prior is worth so many outcomes, half of them good: Beta(4, 4). */
const priorStrength = 8;
/** An agent's own outcomes count alone from so many on; before, those of all agents do. */
const enoughOfOneAgent = priorStrength;
const most = 1.1;
const least = 0.8;
/** A strategy takes another's place only where it is better with at least this probability. */
const credible = 0.95;

/** Good and bad outcomes; an edit and a verdict that nobody has acted on count as halves. */
export interface Trials {
  readonly good: number;
  readonly bad: number;
}

/** Accepted: good; accepted after an edit: half good, half bad; seen to help: one more good; rejected, rolled back or seen to harm: bad. */
export function trialsOf(counts: OutcomeCounts): Trials {
  const rejected = Object.entries(counts.rejected)
    .filter(([kind]) => kind !== 'not-now')
    .reduce((sum, [, each]) => sum + each, 0);
  return {
    good: counts.accepted + counts.edited / 2 + counts.observedBetter + counts.ship / 2,
    bad: counts.edited / 2 + rejected + counts.rolledBack + counts.observedWorse + counts.reject / 2,
  };
}

function posterior({ good, bad }: Trials): { readonly a: number; readonly b: number } {
  return { a: priorStrength / 2 + good, b: priorStrength / 2 + bad };
}

/**
 * Factor on the confidence in (0.8, 1.1), exactly 1 without outcomes: the posterior mean share of good outcomes, shrunk to one half by the
 * prior; from one half up it gains at most a tenth, below it loses at most a fifth. It rises with each good outcome and falls with each bad one.
 */
export function outcomeFactor(trials: Trials): number {
  const { a, b } = posterior(trials);
  const share = a / (a + b);
  const factor = share >= 0.5 ? 1 + (2 * share - 1) * (most - 1) : 1 - (1 - 2 * share) * (1 - least);
  return Math.round(factor * 1000) / 1000;
}

/**
 * Probability that the first has the greater share of good outcomes: the integral of its posterior density times the other's distribution
 * function, by the midpoint rule on 2,000 intervals.
 */
export function probabilityBetter(first: Trials, second: Trials): number {
  const [one, other] = [posterior(first), posterior(second)];
  const steps = 2000;
  const norm = logBeta(one.a, one.b);
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const x = (step + 0.5) / steps;
    const density = Math.exp((one.a - 1) * Math.log(x) + (one.b - 1) * Math.log1p(-x) - norm);
    sum += density * incompleteBeta(x, other.a, other.b);
  }
  return Math.min(1, sum / steps);
}

/** What the outcomes so far say of each strategy for one agent. */
export class OutcomeWeights {
  readonly #rows: readonly OutcomeRow[];
  readonly #agentType: string;

  constructor(rows: readonly OutcomeRow[], agentType: string) {
    this.#rows = rows;
    this.#agentType = agentType;
  }

  #countsOf(strategy: Strategy): Pick<OutcomeWeight, 'of' | 'counts'> {
    const all = this.#rows.filter((row) => row.strategy === strategy);
    const sum = (rows: readonly OutcomeRow[]) =>
      rows.reduce((total, { counts }) => sumOfCounts(total, counts), noOutcomes);
    const own = sum(all.filter(({ agentType }) => sameAgent(agentType, this.#agentType)));
    const { good, bad } = trialsOf(own);
    return good + bad >= enoughOfOneAgent ? { of: 'agent', counts: own } : { of: 'all', counts: sum(all) };
  }

  /** Undefined where nothing is known of the strategy: then it weighs what it weighed. */
  weightOf(strategy: Strategy, insteadOf?: Strategy): OutcomeWeight | undefined {
    const found = this.#countsOf(strategy);
    const trials = trialsOf(found.counts);
    const replaced =
      insteadOf === undefined || insteadOf === strategy ? undefined : this.#countsOf(insteadOf);
    if (trials.good + trials.bad === 0 && replaced === undefined) return undefined;
    return {
      strategy,
      factor: outcomeFactor(trials),
      ...found,
      ...(replaced === undefined || insteadOf === undefined
        ? {}
        : {
            insteadOf: {
              strategy: insteadOf,
              probability: Math.round(probabilityBetter(trials, trialsOf(replaced.counts)) * 1000) / 1000,
              counts: replaced.counts,
            },
          }),
    };
  }

  /** May the challenger take the place of one that comes before it? Only where it is better with a probability of 95% or more. */
  prefers(challenger: Strategy, holder: Strategy): boolean {
    if (challenger === holder) return false;
    const [one, other] = [challenger, holder].map((each) => trialsOf(this.#countsOf(each).counts));
    if (one === undefined || other === undefined) return false;
    if (one.good + one.bad + other.good + other.bad === 0) return false;
    return probabilityBetter(one, other) >= credible;
  }
}
