import { describe, expect, it } from 'vitest';
import { seededRandom, xoshiro128StarStar } from '../../../src/node/seededRandom';
import { fixedClock, lineLog, nodeHash, systemClock } from '../../../src/node/systemPorts';

describe('random numbers', () => {
  it('are those of xoshiro128**', () => {
    // Output of the reference implementation 1.1 for the state 1, 2, 3, 4, as in the tests of Rust's rand_xoshiro.
    const expected = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    const next = xoshiro128StarStar([1, 2, 3, 4]);
    expect(expected.map(() => next())).toEqual(expected);
  });

  it('repeat for the same seed and differ for another', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => seededRandom(seed).next()));
    expect(firsts.size).toBe(1000);
  });

  it('lie in [0, 1) and fill it evenly', () => {
    const random = seededRandom(1);
    const bins = new Array<number>(20).fill(0);
    const draws = 100_000;
    for (let i = 0; i < draws; i += 1) {
      const bin = Math.floor(random.next() * bins.length);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    expect(bins).toHaveLength(20);
    const expected = draws / bins.length;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 0.999 quantile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.82);
  });
});

describe('clocks', () => {
  it('that are fixed give the same moment, whatever was done to the last one', () => {
    const clock = fixedClock(new Date('2026-11-23T10:00:00Z'));
    clock.now().setFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-11-23T10:00:00.000Z');
  });

  it('of the system go on', () => {
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000);
  });
});

describe('the hash', () => {
  it('is SHA-256, of text as of its UTF-8 bytes', () => {
    // FIPS 180-4's example "abc" (NIST).
    expect(nodeHash.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(nodeHash.sha256('é')).toBe(nodeHash.sha256(Uint8Array.of(0xc3, 0xa9)));
  });
});

describe('the log', () => {
  it('writes a line a message, from the least level on', () => {
    const lines: string[] = [];
    const log = lineLog((line) => lines.push(line), 'warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(lines).toEqual(['warning: c\n', 'error: d\n']);
  });
});
