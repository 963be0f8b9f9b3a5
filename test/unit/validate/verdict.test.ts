import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfiguration as limits } from '../../../src/core/model/configuration';
import { wilsonInterval } from '../../../src/core/statistics/wilson';
import { abTestOf, type Outcome } from '../../../src/core/validate/abTest';
import { reasonsFor } from '../../../src/core/validate/reasons';
import { regressionOf } from '../../../src/core/validate/regression';
import { concludeFrom, type Findings, type PlaceboContest } from '../../../src/core/validate/verdict';
import { seededRandom } from '../support/memoryPorts';

interface Counts {
  readonly both?: number;
  readonly aOnly?: number;
  readonly bOnly?: number;
  readonly neither?: number;
}

function outcomesOf({ both = 0, aOnly = 0, bOnly = 0, neither = 0 }: Counts): Outcome[] {
  return [
    ...Array<Outcome>(both).fill({ a: true, b: true }),
    ...Array<Outcome>(aOnly).fill({ a: true, b: false }),
    ...Array<Outcome>(bOnly).fill({ a: false, b: true }),
    ...Array<Outcome>(neither).fill({ a: false, b: false }),
  ];
}

const beaten: PlaceboContest = { verdict: 'inconclusive', editOnly: 10, placeboOnly: 0 };

function findings(
  outcomes: readonly Outcome[],
  more: {
    placebo?: Findings['placebo'];
    keepsAll?: boolean;
    controls?: readonly Outcome[];
    mustShowNonInferiority?: boolean;
  } = {},
): Findings {
  const passed = outcomes.filter(({ b }) => b).length;
  const scenarios = outcomes.length;
  return {
    abTest: abTestOf({
      abTestId: 'ab',
      tier: 'static',
      outcomes,
      significanceLevel: limits.significanceLevel,
      createdAt: '2026-11-01T00:00:00.000Z',
    }),
    effectiveness:
      scenarios === 0
        ? null
        : { value: passed / scenarios, interval: wilsonInterval(passed, scenarios), scenarios },
    regression: regressionOf([...outcomes, ...(more.controls ?? [])], more.keepsAll ?? true),
    placebo: more.placebo ?? beaten,
    mustShowNonInferiority: more.mustShowNonInferiority ?? true,
  };
}

function verdict(counts: Counts, more: Parameters<typeof findings>[1] = {}) {
  return concludeFrom(findings(outcomesOf(counts), more), limits).verdict;
}

describe('the verdict', () => {
  it('ships ten clean flips, and six where four more pass both', () => {
    expect(verdict({ bOnly: 10 })).toBe('ship');
    expect(verdict({ bOnly: 6, both: 4 })).toBe('ship');
  });

  it('needs the minimum of pairs, however clean', () => {
    expect(verdict({ bOnly: 9 })).toBe('inconclusive');
  });

  it('needs significance: five flips of ten have p = 0.0625', () => {
    expect(verdict({ bOnly: 5, both: 5 })).toBe('inconclusive');
  });

  it('needs effectiveness: a significant gain that leaves most scenarios uncovered does not ship', () => {
    const { verdict: concluded, missing } = concludeFrom(
      findings(outcomesOf({ bOnly: 10, neither: 10 })),
      limits,
    );
    expect(concluded).toBe('inconclusive');
    expect(missing).toEqual(['effectiveness']);
  });

  it('needs a loss within the margin, among the controls too', () => {
    const controls = outcomesOf({ both: 9, aOnly: 1 });
    expect(
      concludeFrom(findings(outcomesOf({ bOnly: 20 }), { controls, keepsAll: false }), limits),
    ).toMatchObject({
      verdict: 'inconclusive',
      missing: ['regression'],
    });
  });

  it('needs non-inferiority shown where instructions were taken out, not merely no loss seen', () => {
    const keeping = (both: number) =>
      concludeFrom(
        findings(outcomesOf({ bOnly: 20 }), { controls: outcomesOf({ both }), keepsAll: false }),
        limits,
      );
    expect(keeping(30)).toMatchObject({ verdict: 'inconclusive', missing: ['non-inferiority'] });
    // z^2 / (n + z^2) < 0.05 with z = 1.645 from 52 scenarios on.
    expect(keeping(51).verdict).toBe('inconclusive');
    expect(keeping(52).verdict).toBe('ship');
  });

  it('asks of two whole texts only that no loss beyond the margin is seen', () => {
    const whole = { keepsAll: false, mustShowNonInferiority: false };
    expect(verdict({ both: 4, bOnly: 6 }, whole)).toBe('ship');
    expect(verdict({ both: 10, bOnly: 20, aOnly: 1 }, whole)).toBe('inconclusive');
  });

  it.each<[string, Findings['placebo']]>([
    ['would ship itself', { verdict: 'ship', editOnly: 10, placeboOnly: 0 }],
    ['passes nearly as much', { verdict: 'inconclusive', editOnly: 5, placeboOnly: 0 }],
    ['passes more', { verdict: 'inconclusive', editOnly: 0, placeboOnly: 9 }],
    ['could not be drawn', 'none-drawn'],
  ])('does not ship when the placebo %s', (_, placebo) => {
    expect(verdict({ bOnly: 12 }, { placebo })).toBe('inconclusive');
  });

  it('rejects on evidence of harm, with few pairs as well', () => {
    expect(verdict({ aOnly: 6 })).toBe('reject');
    expect(verdict({ aOnly: 5 })).toBe('inconclusive');
    expect(verdict({ bOnly: 3 }, { controls: outcomesOf({ aOnly: 14 }), keepsAll: false })).toBe('reject');
  });

  it('rejects when the interval leaves out the smallest effect, but only where there was room for one', () => {
    expect(verdict({ neither: 60 })).toBe('reject');
    expect(verdict({ neither: 9 })).toBe('inconclusive');
    expect(verdict({ both: 200 })).toBe('inconclusive');
  });

  it('is inconclusive without data', () => {
    expect(verdict({})).toBe('inconclusive');
  });

  it('is ship only with p below the level, enough pairs and a gain, whatever the counts', () => {
    const count = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(count, count, count, count, (both, aOnly, bOnly, neither) => {
        const found = findings(outcomesOf({ both, aOnly, bOnly, neither }));
        const { verdict: concluded } = concludeFrom(found, limits);
        if (concluded !== 'ship') return;
        expect(found.abTest.mcnemarExact).toBeLessThan(limits.significanceLevel);
        expect(found.abTest.pairs).toBeGreaterThanOrEqual(limits.validationSampleSize);
        expect(bOnly).toBeGreaterThan(aOnly);
        expect(found.effectiveness?.value).toBeGreaterThanOrEqual(limits.effectivenessThreshold);
      }),
    );
  });

  it('ships less than 2.5% of edits that change outcomes at random', () => {
    const random = seededRandom(31);
    let shipped = 0;
    for (let run = 0; run < 2000; run++) {
      // Both texts pass 85% of 30 scenarios, independently: effectiveness is no hurdle, only significance is.
      const outcomes = Array.from({ length: 30 }, () => ({
        a: random.next() < 0.85,
        b: random.next() < 0.85,
      }));
      const placebo: PlaceboContest = { verdict: 'inconclusive', editOnly: 30, placeboOnly: 0 };
      const found = { ...findings(outcomes, { placebo }), regression: regressionOf([], true) };
      if (concludeFrom(found, limits).verdict === 'ship') shipped++;
    }
    expect(shipped / 2000).toBeLessThan(0.025);
  });

  it('says why in sentences with their numbers', () => {
    const found = findings(outcomesOf({ bOnly: 7, both: 1, neither: 1 }));
    expect(reasonsFor(found, concludeFrom(found, limits), limits)).toEqual([
      'Static proxy: no model ran; a correction counts as passed when an instruction of the prompt covers its words, and adding text almost only gains coverage.',
      '9 pairs, fewer than the 10 needed: 7 passed only with the new text, 0 only with the old; difference 0.78, 95% interval 0.32 to 0.91.',
      'Exact McNemar test: p = 0.016, below 0.05 (mid-p = 0.008).',
      'Effectiveness 0.89 (8 of 9 passed, 95% interval 0.57 to 0.98), at least 0.70.',
      'Regression: 0 of 1 scenario that passed before are lost; every instruction of the old text is kept.',
      'Placebo beaten: 10 passed only with the edit, 0 only with a placebo of the same length (p = 0.002).',
      'Inconclusive: 1 more pair needed for the minimum (10 in all).',
    ]);
  });
});
