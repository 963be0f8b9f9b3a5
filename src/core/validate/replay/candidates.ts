import { holm } from '../../statistics/holm';
import type { ReplayComparison } from './compareByModel';

export interface Candidate {
  readonly name: string;
  readonly comparison: ReplayComparison;
}

export interface JudgedCandidate extends Candidate {
  /** Adjusted for the number of candidates (Holm). */
  readonly adjustedP: number;
}

export interface ChosenCandidate {
  /** The winner, else the one with the smallest p-value. */
  readonly best: JudgedCandidate;
  /** Smallest p-value first. */
  readonly all: readonly JudgedCandidate[];
}

/** With several tries one of them looks good by chance: what no longer holds after the adjustment is no winner. */
function adjusted({ name, comparison }: Candidate, adjustedP: number, level: number): JudgedCandidate {
  if (comparison.winner === null || adjustedP < level) return { name, comparison, adjustedP };
  const reason = `With several candidates p = ${comparison.pValue.toPrecision(3)} becomes ${adjustedP.toPrecision(3)} (Holm), which is not enough.`;
  return {
    name,
    adjustedP,
    comparison: {
      ...comparison,
      winner: null,
      verdict: 'inconclusive',
      reasons: [...comparison.reasons, reason],
    },
  };
}

/** Of several new prompts, each compared with the same old one, the one to take. */
export function chooseCandidate(
  candidates: readonly [Candidate, ...Candidate[]],
  significanceLevel: number,
): ChosenCandidate {
  const pValues = holm(candidates.map(({ comparison }) => comparison.pValue));
  const all = candidates
    .map((each, index) => adjusted(each, pValues[index] ?? 1, significanceLevel))
    .sort((x, y) => x.comparison.pValue - y.comparison.pValue || y.comparison.effect - x.comparison.effect);
  const rank = ({ comparison: { verdict, winner } }: JudgedCandidate) =>
    winner !== 'b' ? 0 : verdict === 'ship' ? 2 : 1;
  const best = all.reduce((first, each) => (rank(each) > rank(first) ? each : first));
  return { best, all };
}
