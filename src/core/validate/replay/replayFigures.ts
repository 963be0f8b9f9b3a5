import type { Random } from '../../ports';
import { probabilityLeaderIsBetter } from '../../statistics/betaPosterior';
import { bootstrapMeanInterval } from '../../statistics/bootstrap';
import { eValue } from '../../statistics/eProcess';
import { requiredPairs } from '../../statistics/power';
import { wilsonInterval } from '../../statistics/wilson';
import { type PairedStatistics, pairedStatistics } from '../pairedStatistics';
import { type ReplayUnit, signOf } from './runReplay';

type Interval = readonly [number, number] | null;

/** What the new prompt costs on scenarios that the old one passes. */
export interface ReplayRegression {
  /** Pairs that a passed, and those of them that b failed. */
  readonly passedBefore: number;
  readonly lost: number;
  /**
   * Chosen by the first half of the repeats, measured on the second, so that a lucky pass of a does not count as a loss of b; null with a
   * single repeat, where that cannot be told apart.
   */
  readonly measured: {
    readonly scenarios: number;
    /** Pass rate of b minus that of a there, with its 95% interval. */
    readonly difference: number;
    readonly interval: Interval;
  } | null;
}

export interface ReplayFigures {
  readonly statistics: PairedStatistics;
  readonly units: number;
  readonly pairs: number;
  readonly passRate: { readonly a: number; readonly b: number };
  /** Of the test that was chosen beforehand: exact McNemar for single meetings, sign-flip permutation for repeats; anytime-valid when looking early. */
  readonly pValue: number;
  readonly test: 'mcnemar-exact' | 'sign-flip' | 'e-process';
  /** Positive where b is better, negative where a is, 0 where neither is shown to be. */
  readonly shown: -1 | 0 | 1;
  readonly confidenceLevel: number;
  /** Pairs for 80% power at the observed effect, at the fixed size. */
  readonly requiredPairs: number | null;
  readonly effectiveness: { readonly value: number; readonly interval: Interval };
  readonly regression: ReplayRegression;
}

export interface FigureOptions {
  readonly stopping: 'fixed' | 'early';
  readonly significanceLevel: number;
  readonly repeats: number;
  readonly random: Random;
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function passes(unit: ReplayUnit, side: 'a' | 'b'): number[] {
  return unit.pairs.map(({ scored }) => Number(scored[side].passed));
}

function regressionOf(units: readonly ReplayUnit[], { repeats, random }: FigureOptions): ReplayRegression {
  const pairs = units.flatMap((unit) => unit.pairs.map(({ scored }) => scored));
  const before = pairs.filter(({ a }) => a.passed);
  const counts = { passedBefore: before.length, lost: before.filter(({ b }) => !b.passed).length };
  if (repeats < 2) return { ...counts, measured: null };
  const half = Math.ceil(repeats / 2);
  const chosen = units.filter((unit) =>
    passes(unit, 'a')
      .slice(0, half)
      .every((passed) => passed === 1),
  );
  const differences = chosen.map((unit) => {
    const [a, b] = [passes(unit, 'a').slice(half), passes(unit, 'b').slice(half)];
    return b.map((value, index) => value - (a[index] ?? 0));
  });
  return {
    ...counts,
    measured: {
      scenarios: chosen.length,
      difference: mean(differences.flat()),
      interval: bootstrapMeanInterval(differences, random),
    },
  };
}

/** Every unit is one meeting, so that its outcome is one pass or fail. */
function areSingle(units: readonly ReplayUnit[]): boolean {
  return units.every(({ pairs }) => pairs.length === 1);
}

function effectivenessOf(units: readonly ReplayUnit[], { random }: FigureOptions) {
  const passed = units.map((unit) => passes(unit, 'b'));
  const value = mean(passed.flat());
  const interval: Interval = areSingle(units)
    ? wilsonInterval(passed.flat().filter((each) => each === 1).length, units.length)
    : bootstrapMeanInterval(passed, random);
  return { value, interval };
}

/** Everything that the outcomes say, by the test chosen beforehand. Units are independent; repeats of one are not. */
export function replayFigures(units: readonly ReplayUnit[], options: FigureOptions): ReplayFigures {
  const { stopping, significanceLevel, random } = options;
  const outcomes = units.flatMap((unit, place) =>
    unit.pairs.map(({ scored }) => ({
      a: Number(scored.a.passed),
      b: Number(scored.b.passed),
      cluster: place,
    })),
  );
  const statistics = pairedStatistics(
    {
      a: outcomes.map(({ a }) => a),
      b: outcomes.map(({ b }) => b),
      cluster: outcomes.map(({ cluster }) => cluster),
      alpha: significanceLevel,
    },
    random,
  );
  const { favoured } = statistics;
  const test = stopping === 'early' ? 'e-process' : areSingle(units) ? 'mcnemar-exact' : 'sign-flip';
  const pValue =
    test === 'e-process'
      ? anytimeP(units)
      : test === 'mcnemar-exact'
        ? statistics.mcnemarExact
        : statistics.permutationP;
  const significant = test === 'e-process' ? pValue <= significanceLevel : pValue < significanceLevel;
  const direction = test === 'e-process' ? favoured.b - favoured.a : statistics.difference;
  const needed = requiredPairs(
    { pairs: units.length, aOnly: favoured.a, bOnly: favoured.b },
    significanceLevel,
  );
  return {
    statistics,
    units: units.length,
    pairs: outcomes.length,
    passRate: { a: mean(outcomes.map(({ a }) => a)), b: mean(outcomes.map(({ b }) => b)) },
    pValue,
    test,
    shown: !significant || direction === 0 ? 0 : direction > 0 ? 1 : -1,
    confidenceLevel: probabilityLeaderIsBetter(favoured.a, favoured.b),
    requiredPairs: needed === null ? null : Math.ceil((needed * outcomes.length) / units.length),
    effectiveness: effectivenessOf(units, options),
    regression: regressionOf(units, options),
  };
}

/** 1 over the largest e-value for either side at any look: valid whenever one stops (Ville's inequality). */
function anytimeP(units: readonly ReplayUnit[]): number {
  const largest = eValuePath(units).reduce((most, { forA, forB }) => Math.max(most, forA, forB), 1);
  return Math.min(1, 1 / largest);
}

/** The e-values for either side after each unit, in the order fixed beforehand. */
export function eValuePath(
  units: readonly ReplayUnit[],
): readonly { readonly forA: number; readonly forB: number }[] {
  let [a, b] = [0, 0];
  return units.map((unit) => {
    const sign = signOf(unit);
    if (sign > 0) b++;
    if (sign < 0) a++;
    return { forA: eValue(b, a), forB: eValue(a, b) };
  });
}
