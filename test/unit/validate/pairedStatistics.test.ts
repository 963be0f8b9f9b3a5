import { describe, expect, it } from 'vitest';
import { pairedStatistics } from '../../../src/core/validate/pairedStatistics';
import { seededRandom } from '../support/memoryPorts';

function stats(input: unknown) {
  return pairedStatistics(input, seededRandom(1));
}

/** Outcomes with the given numbers of pairs, one kind after the other. */
function table(both: number, aOnly: number, bOnly: number, neither: number) {
  const pairs = [
    ...Array<[number, number]>(both).fill([1, 1]),
    ...Array<[number, number]>(aOnly).fill([1, 0]),
    ...Array<[number, number]>(bOnly).fill([0, 1]),
    ...Array<[number, number]>(neither).fill([0, 0]),
  ];
  return { a: pairs.map(([a]) => a), b: pairs.map(([, b]) => b) };
}

describe('paired statistics of pass and fail', () => {
  // Fagerland, Lydersen & Laake (2017), ch. 8, on Cavo et al. (2012).
  it('are the printed ones for a published table', () => {
    const result = stats(table(59, 6, 16, 80));
    expect(result).toMatchObject({ pairs: 161, units: 161, discordant: { aOnly: 6, bOnly: 16 } });
    expect(result.mcnemarExact).toBeCloseTo(0.052479, 6);
    expect(result.mcnemarMidP).toBeCloseTo(0.03469, 6);
    expect(result.difference).toBeCloseTo(0.0621, 4);
    expect(result.interval?.map((end) => end.toFixed(4))).toEqual(['0.0046', '0.1186']);
    expect(result.permutationP).toBe(result.mcnemarExact);
  });

  it('ship by E at seven clean flips, not at six, and reject on the other side', () => {
    expect(stats(table(3, 0, 6, 1))).toMatchObject({ mcnemarExact: 0.03125, verdict: 'inconclusive' });
    expect(stats(table(2, 0, 7, 1))).toMatchObject({ verdict: 'ship' });
    expect(stats(table(2, 0, 7, 1)).eValue).toBeCloseTo(31.875, 10);
    expect(stats(table(2, 7, 0, 1))).toMatchObject({ verdict: 'reject' });
    expect(stats(table(2, 7, 0, 1)).eValueMax).toBe(1);
  });

  it('hold a verdict that was reached at an earlier look', () => {
    const early = { a: [0, 0, 0, 0, 0, 0, 0, 1, 1, 1], b: [1, 1, 1, 1, 1, 1, 1, 0, 0, 0] };
    const result = stats(early);
    expect(result.eValue).toBeLessThan(20);
    expect(result.eValueMax).toBeCloseTo(31.875, 10);
    expect(result.verdict).toBe('ship');
  });

  it('take the level given: 1/alpha is the threshold', () => {
    expect(stats({ ...table(0, 0, 7, 0), alpha: 0.01 }).verdict).toBe('inconclusive');
    expect(stats({ ...table(0, 0, 6, 0), alpha: 0.1 }).verdict).toBe('ship');
  });

  it('read booleans as 0 and 1', () => {
    const { a, b } = table(4, 1, 5, 2);
    expect(stats({ a: a.map(Boolean), b: b.map(Boolean) })).toEqual(stats({ a, b }));
  });

  it('say nothing without a difference', () => {
    expect(stats({ a: [1, 0, 1], b: [1, 0, 1] })).toMatchObject({
      discordant: { aOnly: 0, bOnly: 0 },
      mcnemarExact: 1,
      mcnemarMidP: 1,
      difference: 0,
      permutationP: 1,
      eValue: 1,
      eValueMax: 1,
      verdict: 'inconclusive',
    });
  });
});

describe('paired statistics of scores', () => {
  // Fisher (1935) on Darwin's maize: 2 * 863 of 32,768 patterns.
  it("give Fisher's permutation p for Darwin's maize, and the sign test of thirteen to two", () => {
    const b = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    const result = stats({ a: b.map(() => 0), b });
    expect(result.permutationP).toBe(0.05267333984375);
    expect(result.discordant).toEqual({ aOnly: 2, bOnly: 13 });
    expect(result.mcnemarExact).toBeCloseTo((2 * (1 + 15 + 105)) / 2 ** 15, 12);
    expect(result.difference).toBeCloseTo(314 / 15, 12);
    expect(result.interval?.[0]).toBeLessThan(3);
    expect(result.interval?.[1]).toBeGreaterThan(33);
  });

  it('give no interval for a single pair', () => {
    expect(stats({ a: [0.2], b: [0.7] }).interval).toBeNull();
  });
});

describe('repeats of one scenario', () => {
  const three = { a: Array<number>(30).fill(0), b: Array<number>(30).fill(1) };
  const cluster = three.a.map((_, index) => `scenario-${index % 3}`);

  it('are one observation: thirty flips of three scenarios prove nothing', () => {
    const result = stats({ ...three, cluster });
    expect(result).toMatchObject({ pairs: 30, units: 3, favoured: { a: 0, b: 3 }, verdict: 'inconclusive' });
    expect(result.discordant).toEqual({ aOnly: 0, bOnly: 30 });
    expect(result.mcnemarExact).toBe(0.25);
    expect(result.permutationP).toBe(0.25);
    expect(result.interval?.[0]).toBeLessThan((stats(three).interval?.[0] ?? 0) - 0.1);
  });

  it('change nothing where each cluster is a single pair', () => {
    const pairs = table(3, 2, 8, 4);
    const alone = pairs.a.map((_, index) => index);
    expect(stats({ ...pairs, cluster: alone })).toEqual(stats(pairs));
  });

  it('keep the e-process at its level, looked at after every scenario', () => {
    const random = seededRandom(29);
    let wrongly = 0;
    for (let run = 0; run < 400; run++) {
      const lucky = Array.from({ length: 40 }, () => random.next() < 0.5);
      // Both prompts are alike, but each scenario's ten repeats come out alike too.
      const b = lucky.flatMap((luck) => Array<number>(10).fill(luck ? 1 : 0));
      const names = lucky.flatMap((_, index) => Array<number>(10).fill(index));
      if (stats({ a: b.map((value) => 1 - value), b, cluster: names }).verdict === 'ship') wrongly++;
    }
    expect(wrongly / 400).toBeLessThanOrEqual(0.05);
  });
});

describe('outcomes that cannot be read', () => {
  it.each([
    ['no object', null, 'input'],
    ['nothing', {}, 'a'],
    ['empty lists', { a: [], b: [] }, 'a'],
    ['unequal lengths', { a: [1, 0], b: [1] }, 'b'],
    ['NaN', { a: [1, Number.NaN], b: [1, 0] }, 'a.1'],
    ['infinity', { a: [1, 0], b: [1, Number.POSITIVE_INFINITY] }, 'b.1'],
    ['text', { a: [1, 'yes'], b: [1, 0] }, 'a.1'],
    ['a level of 1', { a: [1], b: [1], alpha: 1 }, 'alpha'],
    ['too few clusters', { a: [1, 0], b: [1, 1], cluster: ['x'] }, 'cluster'],
  ])('are refused with what is wrong: %s', (_, input, subject) => {
    expect(() => stats(input)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', subject }));
  });
});
