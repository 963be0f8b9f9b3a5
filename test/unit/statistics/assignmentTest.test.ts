import { describe, expect, it } from 'vitest';
import {
  type AssignedUnit,
  AssignmentTest,
  type Direction,
  differenceInterval,
} from '../../../src/core/statistics/assignmentTest';
import { seededRandom } from '../../../src/node/seededRandom';

interface World {
  readonly control: number;
  readonly treated: number;
  /** Chance of being treated, by the number of units before. */
  readonly shareAt: (index: number) => number;
}

function stream(world: World, length: number, seed: number): AssignedUnit[] {
  const random = seededRandom(seed);
  return Array.from({ length }, (_, index) => {
    const share = world.shareAt(index);
    const treated = random.next() < share;
    return { treated, share, event: random.next() < (treated ? world.treated : world.control) };
  });
}

function crossing(units: readonly AssignedUnit[], direction: Direction, margin = 0): number | null {
  const test = new AssignmentTest(direction, margin, 20);
  for (const unit of units) test.add(unit);
  return test.crossedAt;
}

/** Looks after every unit of many streams; ascending, infinite where the threshold was never reached. */
function crossings(world: World, direction: Direction, margin: number, length: number, streams: number) {
  return Array.from(
    { length: streams },
    (_, seed) => crossing(stream(world, length, seed + 1), direction, margin) ?? Number.POSITIVE_INFINITY,
  ).sort((a, b) => a - b);
}

const half = () => 0.5;
const staged = (index: number) => (index < 100 ? 0.1 : 0.5);
const shareCrossed = (all: readonly number[]) => all.filter(Number.isFinite).length / all.length;
/** Upper end of what 400 streams of level 0.05 give by chance, at 1 in 1,000: 0.05 + 3.09 sqrt(0.05 0.95 / 400). */
const levelBound = 0.084;

describe('the test of an assignment', () => {
  it('is worth, for one unit, what Bayes’ rule gives by hand', () => {
    // Mean over the bets of q(treated | event) / 0.5 with q = t / (t + c).
    const controls = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
    const ratios = [1.25, 1.6, 2.2, 3.5, 6];
    const worths = controls.flatMap((c) =>
      ratios.map((ratio) => {
        const odds = c / (1 - c) / ratio;
        const t = odds / (1 + odds);
        return (2 * t) / (t + c);
      }),
    );
    const test = new AssignmentTest('fewer', 0, 20);
    test.add({ treated: true, share: 0.5, event: true });
    const mean = worths.reduce((sum, each) => sum + each, 0) / worths.length;
    expect(Math.exp(test.logValue)).toBeCloseTo(mean, 12);
    expect(test.logMaximum).toBe(0);
  });

  it.each(['fewer', 'more'] as const)('has the expectation 1 at the edge of its null: %s', (direction) => {
    for (const share of [0.1, 0.5, 0.9]) {
      for (const margin of [0, 0.1]) {
        for (const control of [0.05, 0.3, 0.6]) {
          const treated = control + margin;
          let expectation = 0;
          for (const isTreated of [true, false]) {
            for (const event of [true, false]) {
              const rate = isTreated ? treated : control;
              const chance = (isTreated ? share : 1 - share) * (event ? rate : 1 - rate);
              const test = new AssignmentTest(direction, margin, 20);
              test.add({ treated: isTreated, share, event });
              expectation += chance * Math.exp(test.logValue);
            }
          }
          expect(expectation).toBeCloseTo(1, 10);
        }
      }
    }
  });

  it('learns nothing from units that were certain to be treated, or not to be', () => {
    const test = new AssignmentTest('fewer', 0, 20);
    test.add({ treated: true, share: 1, event: true });
    test.add({ treated: false, share: 0, event: false });
    expect(test.logValue).toBe(0);
  });

  it.each([
    ['no difference', { control: 0.3, treated: 0.3, shareAt: half }, 0],
    ['rare events in stages', { control: 0.08, treated: 0.08, shareAt: staged }, 0],
    ['at the margin', { control: 0.3, treated: 0.4, shareAt: half }, 0.1],
  ])('is wrong in at most 5% of streams, looked at after every unit: %s', (_, world, margin) => {
    expect(shareCrossed(crossings(world, 'fewer', margin, 500, 400))).toBeLessThan(levelBound);
    const mirrored = { ...world, treated: world.control, control: world.treated };
    expect(shareCrossed(crossings(mirrored, 'more', -margin, 500, 400))).toBeLessThan(levelBound);
  });

  it('is as fast as published always-valid tests of two shares: medians of about 90, 47 and 246 pairs', () => {
    const median = (control: number, treated: number) =>
      crossings({ control, treated, shareAt: half }, 'fewer', 0, 3000, 200)[100] ?? Number.NaN;
    // Units, two to a pair; a quarter more is allowed for.
    expect(median(0.3, 0.15)).toBeLessThan(180 * 1.25);
    expect(median(0.3, 0.1)).toBeLessThan(94 * 1.25);
    expect(median(0.3, 0.2)).toBeLessThan(492 * 1.25);
  });

  it('gives an interval that covers the difference in at least 95% of streams, and shrinks', () => {
    const world = { control: 0.3, treated: 0.2, shareAt: half };
    const intervals = Array.from({ length: 60 }, (_, seed) =>
      differenceInterval(stream(world, 300, seed + 1), 0.05),
    );
    const covering = intervals.filter(([low, high]) => low <= -0.1 && -0.1 <= high).length;
    expect(covering / intervals.length).toBeGreaterThanOrEqual(0.93);
    const [low, high] = differenceInterval(stream(world, 40, 1), 0.05);
    const [lowLater, highLater] = differenceInterval(stream(world, 1200, 1), 0.05);
    expect(highLater - lowLater).toBeLessThan(high - low);
    expect(differenceInterval([], 0.05)).toEqual([-1, 1]);
  });
});
