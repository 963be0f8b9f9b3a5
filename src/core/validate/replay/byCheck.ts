import type { CheckType } from '../../scenarios/scenarioSuite';
import { newcombePairedInterval } from '../../statistics/newcombe';
import type { ReplayUnit } from './runReplay';

/** How both prompts fare with one kind of check. */
export interface CheckComparison {
  readonly type: CheckType;
  /** Checks of that kind, one for each pair and place in its scenario. */
  readonly pairs: number;
  readonly passRate: { readonly a: number; readonly b: number };
  /** Pass rate of b minus that of a. */
  readonly difference: number;
  /** 95%, Newcombe; repeats and checks of one scenario count as one pair, the safe side. */
  readonly interval: readonly [number, number];
}

/** By kind of check, the most frequent first. A failed question passes none. */
export function compareByCheck(units: readonly ReplayUnit[]): readonly CheckComparison[] {
  const cells = new Map<
    CheckType,
    { both: number; aOnly: number; bOnly: number; neither: number; units: Set<number> }
  >();
  for (const [unit, { pairs }] of units.entries()) {
    for (const { scenario, scored } of pairs) {
      for (const [place, { type }] of scenario.checks.entries()) {
        const a = outcomeOf(scored.a.checks, scenario.checks, place);
        const b = outcomeOf(scored.b.checks, scenario.checks, place);
        // A program that scores by itself runs none of the scenario's checks.
        if (a === undefined || b === undefined) continue;
        const known = cells.get(type) ?? { both: 0, aOnly: 0, bOnly: 0, neither: 0, units: new Set() };
        cells.set(type, known);
        known.units.add(unit);
        known[a ? (b ? 'both' : 'aOnly') : b ? 'bOnly' : 'neither']++;
      }
    }
  }
  return [...cells]
    .map(([type, { units: counted, ...table }]) => {
      const pairs = table.both + table.aOnly + table.bOnly + table.neither;
      const weight = counted.size / pairs;
      return {
        type,
        pairs,
        passRate: { a: (table.both + table.aOnly) / pairs, b: (table.both + table.bOnly) / pairs },
        difference: (table.bOnly - table.aOnly) / pairs,
        interval: newcombePairedInterval({
          both: table.both * weight,
          aOnly: table.aOnly * weight,
          bOnly: table.bOnly * weight,
          neither: table.neither * weight,
        }),
      };
    })
    .sort((x, y) => y.pairs - x.pairs || (x.type < y.type ? -1 : 1));
}

/** The outcome of the check that stands at a place of its scenario: outcomes come with those of judges last. */
function outcomeOf(
  outcomes: readonly { readonly type: CheckType | 'program'; readonly passed: boolean }[],
  checks: readonly { readonly type: CheckType }[],
  place: number,
): boolean | undefined {
  const type = checks[place]?.type;
  const earlier = checks.slice(0, place).filter((each) => each.type === type).length;
  return outcomes.filter((each) => each.type === type)[earlier]?.passed;
}
