import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedSession } from '../../../src/core/observe/agentSessions';
import type { LivePeriod } from '../../../src/core/observe/livePeriods';
import { ruleRates, ruleSpans, ruleState, sessionsToTell } from '../../../src/core/observe/ruleRates';

/** The rule comes at time 0; one session a unit of time, before and after. */
function sessions(before: readonly number[], after: readonly number[]): ObservedSession[] {
  const at = (startedAt: number, addressed: number) => ({
    startedAt,
    endedAt: startedAt + 0.5,
    corrections: addressed,
    addressed,
  });
  return [
    ...before.map((addressed, index) => at(index - before.length, addressed)),
    ...after.map((addressed, index) => at(index, addressed)),
  ];
}

const spans = {
  before: { from: Number.NEGATIVE_INFINITY, to: 0 },
  with: [{ from: 0, to: Number.POSITIVE_INFINITY }],
};
/** `ones` sessions with one correction, the rest of `count` without. */
const some = (ones: number, count: number) =>
  Array.from({ length: count }, (_, index) => Number(index < ones));
const rates = (before: readonly number[], after: readonly number[]) =>
  ruleRates(sessions(before, after), spans);
const state = (before: readonly number[], after: readonly number[]) => ruleState(rates(before, after), true);

const period = (version: string | null, from: number, to: number): LivePeriod =>
  ({ version, from, to, event: {} }) as unknown as LivePeriod;

describe('the rate of what a rule was to cure', () => {
  it('is known before and since, with score intervals and their difference', () => {
    const found = rates(some(30, 100), some(0, 80));
    expect(found.before).toMatchObject({ sessions: 100, corrections: 30, rate: 0.3 });
    // Roots of (30 - 100 r)^2 = 3.8415 * 100 r.
    expect(found.before.interval?.[0]).toBeCloseTo(0.2102, 3);
    expect(found.before.interval?.[1]).toBeCloseTo(0.4282, 3);
    expect(found.after.interval).toEqual([0, expect.closeTo(3.8415 / 80, 4)]);
    expect(found.change?.value).toBeCloseTo(-0.3, 12);
    expect(found.dispersion).toBe(1);
    expect(sessionsToTell(found)).toBe(10);
  });

  it('leaves out sessions that ran through the change, and times in which the rule was away', () => {
    const away = {
      before: { from: 0, to: 10 },
      with: [
        { from: 10, to: 20 },
        { from: 30, to: 40 },
      ],
    };
    const at = (startedAt: number, endedAt: number) => ({ startedAt, endedAt, corrections: 1, addressed: 1 });
    const found = ruleRates([at(1, 2), at(9, 11), at(12, 13), at(22, 23), at(31, 39), at(39, 41)], away);
    expect([found.before.sessions, found.after.sessions]).toEqual([1, 2]);
  });
});

describe('the times of a rule', () => {
  const holds = ({ version }: LivePeriod) => version === 'with' || version === 'with more';

  it('join where one version with it follows another', () => {
    const periods = [
      period('old', Number.NEGATIVE_INFINITY, 5),
      period('with', 5, 9),
      period('with more', 9, 12),
      period('old', 12, 20),
      period('with', 20, Number.POSITIVE_INFINITY),
    ];
    expect(ruleSpans(periods, holds)).toEqual({
      before: { from: Number.NEGATIVE_INFINITY, to: 5 },
      with: [
        { from: 5, to: 12 },
        { from: 20, to: Number.POSITIVE_INFINITY },
      ],
    });
  });

  it('have no before where the first text that is known held it', () => {
    expect(ruleSpans([period('with', 5, Number.POSITIVE_INFINITY)], holds).before).toBeUndefined();
    expect(ruleSpans([period('old', 5, 6)], holds)).toEqual({ before: undefined, with: [] });
  });
});

describe('the state of a rule', () => {
  it.each([
    // 3.8415 / n <= 0.2 * 0.3 from 65 sessions on.
    ['fewer', some(30, 100), some(0, 64)],
    ['vanished', some(30, 100), some(0, 65)],
    ['fewer', some(30, 100), some(1, 500)],
    ['too-early', some(30, 100), []],
    ['too-early', some(30, 100), some(0, 5)],
    ['too-early', some(30, 100), some(2, 9)],
    ['still-there', some(30, 100), some(2, 10)],
    ['still-there', some(3, 100), some(9, 20)],
    ['no-baseline', some(0, 100), some(3, 10)],
    ['no-baseline', [], some(0, 1000)],
  ])('is %s', (expected, before, after) => {
    expect(state(before, after)).toBe(expected);
  });

  it('is not told where the rule addresses no pattern', () => {
    expect(ruleState(rates(some(30, 100), some(0, 100)), false)).toBe('no-pattern');
  });

  it('takes more sessions where corrections come in heaps', () => {
    const heaps = Array.from({ length: 100 }, (_, index) => (index < 5 ? 6 : 0));
    expect(state(heaps, some(0, 65))).not.toBe('vanished');
  });

  it('is never "vanished" with a correction since, and "fewer" only below the rate before', () => {
    const counts = fc.array(fc.nat(4), { maxLength: 120 });
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const found = rates(before, after);
        const told = ruleState(found, true);
        if (told === 'vanished') expect(found.after.corrections).toBe(0);
        if (told === 'fewer') expect(found.after.rate).toBeLessThan(found.before.rate ?? 0);
        if (told === 'still-there') expect(found.after.corrections).toBeGreaterThan(0);
        expect(found.before.sessions + found.after.sessions).toBe(before.length + after.length);
      }),
    );
  });
});
