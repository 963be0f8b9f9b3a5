import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import { assess } from './assess';
import { selectCases } from './cases';
import type { PromptComparison } from './promptValidator';
import { judgePrompt } from './staticJudge';

const notHeldOut =
  'Not held out: whoever wrote either text may have known these corrections, so the figures flatter what was written from them.';

/**
 * A/B of two texts in the static tier, with every correction given as a scenario: one a session and pattern. `winner` is
 * b on `ship` and a where the old text is significantly better, else null. `patternOf` gives the pattern of a
 * correction by its id, where an analysis is at hand. Pure.
 */
export function comparePrompts(
  a: string,
  b: string,
  corrections: readonly Correction[],
  configuration: Configuration,
  patternOf: ReadonlyMap<string, string> = new Map(),
): PromptComparison {
  const { abTest, conclusion, reasons } = assess({
    cases: selectCases({ corrections, patternOf, isAddressed: () => true }),
    a: judgePrompt(a),
    b: judgePrompt(b),
    placebo: 'not-asked',
    mustShowNonInferiority: false,
    abTestId: 'compare',
    createdAt: '',
    configuration,
  });
  const { verdict, harm } = conclusion;
  return {
    winner: verdict === 'ship' ? 'b' : harm ? 'a' : null,
    verdict,
    tier: abTest.tier,
    confidenceLevel: abTest.confidenceLevel,
    pValue: abTest.mcnemarExact,
    effect: abTest.difference,
    interval: abTest.interval,
    pairs: abTest.pairs,
    requiredPairs: abTest.requiredPairs,
    reasons: abTest.pairs === 0 ? reasons : [...reasons, notHeldOut],
  };
}
