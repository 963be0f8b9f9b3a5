import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, mostUsed } from '../../../src/core/languageModel/budget';

const request = { prompt: 'word '.repeat(100), maxOutputTokens: 100 };

describe('a budget', () => {
  it('is never exceeded by models that keep to the longest answer, whatever goes on at once', () => {
    const call = fc.record({
      size: fc.nat(2_000),
      out: fc.nat(500),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(call), fc.nat(20_000), fc.nat(4), (calls, maxTokens, atOnce) => {
        const budget = new Budget({ maxCost: 0, maxTokens });
        const open: (() => void)[] = [];
        for (const { size, out, share } of calls) {
          const asked = { prompt: 'x'.repeat(size), maxOutputTokens: out };
          const most = mostUsed(asked);
          try {
            const reservation = budget.reserve(asked);
            const usage = {
              inputTokens: Math.floor(most.inputTokens * share),
              outputTokens: Math.floor(out * share),
              measured: true,
            };
            open.push(() => reservation.settle(usage));
          } catch (error) {
            expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED' });
          }
          if (open.length > atOnce) open.shift()?.();
        }
        for (const settle of open) settle();
        const { inputTokens, outputTokens } = budget.spending;
        expect(inputTokens + outputTokens).toBeLessThanOrEqual(maxTokens);
      }),
    );
  });

  it('frees what a refused call held, and counts in full one that may be charged', () => {
    const budget = new Budget({ maxCost: 0, maxTokens: 500 });
    budget.reserve(request).release(false);
    expect(budget.spending).toMatchObject({ calls: 0, inputTokens: 0 });
    budget.reserve(request).release(true);
    expect(budget.spending).toMatchObject({ calls: 1, outputTokens: 100, measured: false });
    expect(() => budget.reserve(request)).toThrow('cap of 500 tokens');
  });

  it('counts money where prices are known, and then no tokens', () => {
    const budget = new Budget({ maxCost: 1, maxTokens: 0 }, { input: 1, output: 2 });
    budget.reserve(request).settle({ inputTokens: 200_000, outputTokens: 100_000, measured: true });
    expect(budget.spending.cost).toBeCloseTo(0.4, 10);
  });
});
