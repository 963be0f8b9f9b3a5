import { type EvidenceTier, schemaVersion } from '../model/common';
import type { AbTest } from '../model/validation';
import { probabilityLeaderIsBetter } from '../statistics/betaPosterior';
import { mcnemarExact, mcnemarMidP } from '../statistics/mcnemar';
import { newcombePairedInterval } from '../statistics/newcombe';
import { requiredPairs } from '../statistics/power';

/** One scenario under both prompts; true where the prompt passes it. */
export interface Outcome {
  readonly a: boolean;
  readonly b: boolean;
}

export interface AbTestInput {
  readonly abTestId: string;
  readonly tier: EvidenceTier;
  /** Independent pairs. */
  readonly outcomes: readonly Outcome[];
  /** Level at which the pairs required are worked out. */
  readonly significanceLevel: number;
  /** ISO time. */
  readonly createdAt: string;
}

/** The paired figures of two prompts; without pairs, p is 1, the interval null and either prompt as likely the better. */
export function abTestOf({ outcomes, significanceLevel, ...record }: AbTestInput): AbTest {
  const pairs = outcomes.length;
  const passed = (side: 'a' | 'b') => outcomes.filter((outcome) => outcome[side]).length;
  const aOnly = outcomes.filter(({ a, b }) => a && !b).length;
  const bOnly = outcomes.filter(({ a, b }) => b && !a).length;
  const both = outcomes.filter(({ a, b }) => a && b).length;
  const table = { both, aOnly, bOnly, neither: pairs - both - aOnly - bOnly };
  const share = (count: number) => (pairs === 0 ? 0 : count / pairs);
  return {
    schemaVersion,
    ...record,
    pairs,
    discordant: { aOnly, bOnly },
    passRate: { a: share(passed('a')), b: share(passed('b')) },
    difference: share(bOnly - aOnly),
    interval: pairs === 0 ? null : newcombePairedInterval(table),
    mcnemarExact: mcnemarExact(aOnly, bOnly),
    mcnemarMidP: mcnemarMidP(aOnly, bOnly),
    confidenceLevel: probabilityLeaderIsBetter(aOnly, bOnly),
    requiredPairs: requiredPairs({ pairs, aOnly, bOnly }, significanceLevel),
  };
}
