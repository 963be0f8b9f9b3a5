import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newcombePairedInterval } from '../../../src/core/statistics/newcombe';
import { seededRandom } from '../support/memoryPorts';

describe('the Newcombe interval of a paired difference', () => {
  // Fagerland, Lydersen & Laake (2017), ch. 8, as asserted by contingencytables (test-ch8.R) for its function
  // Newcombe_square_and_add_CI_paired_2x2 on cavo_2012, [[59, 6], [16, 80]]: method 10, with the corrected phi.
  it('is the printed one for complete response before and after consolidation therapy', () => {
    const [low, high] = newcombePairedInterval({ both: 59, aOnly: 6, bOnly: 16, neither: 80 });
    // There the first margin less the second, here b less a: the same with the sign turned.
    expect([-high, -low].map((end) => end.toFixed(4))).toEqual(['-0.1186', '-0.0046']);
  });

  // Fagerland, Lydersen & Laake (2014), Statistics in Medicine 33, on Bentur et al. (2009), [[1, 1], [7, 12]].
  it('is the printed one for airway hyper-responsiveness, where few patients passed both', () => {
    const [low, high] = newcombePairedInterval({ both: 1, aOnly: 7, bOnly: 1, neither: 12 });
    expect([low, high].map((end) => end.toFixed(3))).toEqual(['-0.507', '-0.026']);
  });

  it('knows nothing without pairs', () => {
    expect(newcombePairedInterval({ both: 0, aOnly: 0, bOnly: 0, neither: 0 })).toEqual([-1, 1]);
  });

  it('holds the difference, stays within [-1, 1] and turns round with the sides', () => {
    const cell = fc.integer({ min: 0, max: 80 });
    fc.assert(
      fc.property(cell, cell, cell, cell, (both, aOnly, bOnly, neither) => {
        fc.pre(both + aOnly + bOnly + neither > 0);
        const [low, high] = newcombePairedInterval({ both, aOnly, bOnly, neither });
        const difference = (bOnly - aOnly) / (both + aOnly + bOnly + neither);
        expect(low).toBeLessThanOrEqual(difference + 1e-12);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-12);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        const turned = newcombePairedInterval({ both, aOnly: bOnly, bOnly: aOnly, neither });
        expect(turned[0]).toBeCloseTo(-high, 12);
        expect(turned[1]).toBeCloseTo(-low, 12);
      }),
    );
  });

  it('covers the true difference in about 95% of runs', () => {
    const random = seededRandom(11);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const cells = { both: 0, aOnly: 0, bOnly: 0, neither: 0 };
      for (let pair = 0; pair < 30; pair++) {
        const u = random.next();
        cells[u < 0.3 ? 'both' : u < 0.4 ? 'aOnly' : u < 0.7 ? 'bOnly' : 'neither']++;
      }
      const [low, high] = newcombePairedInterval(cells);
      if (low <= 0.2 && 0.2 <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.935);
    expect(covered / runs).toBeLessThan(0.985);
  });
});
