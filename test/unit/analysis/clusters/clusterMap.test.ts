import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterMap } from '../../../../src/core/analysis/clusters/clusterMap';

const vector = fc
  .array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 })
  .map((values) => Float32Array.from(values));

describe('the map of clusters', () => {
  it('has a place in [-1, 1] for each, the same each time', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 20 }), (centres) => {
        const places = clusterMap(centres);
        expect(places).toHaveLength(centres.length);
        for (const value of places.flat()) expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(clusterMap(centres)).toEqual(places);
      }),
    );
  });

  it('shows what is alike near and what is not far', () => {
    const centres = [
      [1, 0.1, 0],
      [1, 0, 0.1],
      [0, 1, 0.1],
      [0.1, 1, 0],
    ].map((values) => Float32Array.from(values));
    const places = clusterMap(centres);
    const distance = (a: number, b: number): number =>
      Math.hypot(
        (places[a]?.[0] ?? 0) - (places[b]?.[0] ?? 0),
        0.1 * ((places[a]?.[1] ?? 0) - (places[b]?.[1] ?? 0)),
      );
    expect(distance(0, 1)).toBeLessThan(distance(0, 2) / 3);
    expect(distance(2, 3)).toBeLessThan(distance(1, 3) / 3);
  });
});
