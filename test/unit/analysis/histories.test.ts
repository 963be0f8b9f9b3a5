import { describe, expect, it } from 'vitest';
import { analyze } from './corrections';
import {
  correctionsOf,
  hasHistories,
  judge,
  quality,
  readHistories,
  readSmallHistory,
} from './labelledHistories';

describe('groups of what people had to repeat, against the rules that a reader found', () => {
  it('in the history that the fixture holds', () => {
    const turns = readSmallHistory();
    const measured = quality(turns, judge(turns, analyze(correctionsOf(turns)).clusters));
    console.info('one history', measured);
    expect(measured.precision).toBeGreaterThanOrEqual(0.6);
    expect(measured.recall).toBeGreaterThanOrEqual(0.2);
  });

  it.skipIf(!hasHistories)(
    'in three histories: precision 0.65, recall 0.36 in the mean (skipped where shared/data is not beside)',
    () => {
      const measured = [...readHistories()].map(([repo, turns]) => {
        const one = quality(turns, judge(turns, analyze(correctionsOf(turns)).clusters));
        console.info(repo, one);
        return one;
      });
      const mean = (of: (one: (typeof measured)[number]) => number): number =>
        measured.reduce((sum, one) => sum + of(one), 0) / measured.length;
      expect(measured).toHaveLength(3);
      expect(mean(({ precision }) => precision)).toBeGreaterThanOrEqual(0.65);
      expect(mean(({ recall }) => recall)).toBeGreaterThanOrEqual(0.36);
    },
  );
});
