import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/core/analysis/coverage';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { byOverlap } from './coverageOverlap';
import { heldOut, inWords, type Measured, measure, type Pair, pairs, promptOf } from './coveragePairs';

const ours = (pair: Pair) => coverageOf(pair.texts, promptOf(pair));
const baseline = (pair: Pair) => byOverlap(pair.texts, promptOf(pair));

type Bounds = Pick<Measured, 'precision' | 'recall' | 'line'>;

/** Bounds lie a little below what was measured; README.md in the fixtures has the whole table. */
const sets: readonly (readonly [string, readonly Pair[], Bounds])[] = [
  [
    'repositories left out of the fitting',
    pairs.filter(heldOut),
    { precision: 0.85, recall: 0.48, line: 0.62 },
  ],
  ['all pairs', pairs, { precision: 0.81, recall: 0.54, line: 0.55 }],
];

describe('coverage, on pairs of real corrections and real prompts', () => {
  it.each(sets)('has the precision and recall that it had: %s', (name, some, bounds) => {
    const measured = measure(some, ours);
    const told = `${some.length} pairs, ${name}: ${inWords(measured)}`;
    expect(measured.precision, told).toBeGreaterThanOrEqual(bounds.precision);
    expect(measured.recall, told).toBeGreaterThanOrEqual(bounds.recall);
    expect(measured.line, told).toBeGreaterThanOrEqual(bounds.line);
  });

  it.each(sets)('beats weighted overlap with a threshold, the method before: %s', (name, some) => {
    const [now, before] = [measure(some, ours), measure(some, baseline)];
    const told = `${name}: ${inWords(now)}; before: ${inWords(before)}`;
    expect(now.precision, told).toBeGreaterThan(before.precision);
    expect(now.recall, told).toBeGreaterThan(before.recall);
    expect(now.line, told).toBeGreaterThan(before.line);
  });

  it('rests on pairs whose accepted lines are instructions of the prompt, and on none twice', () => {
    for (const pair of pairs) {
      const lines = new Set(promptOf(pair).instructions.map(({ line }) => line));
      expect(pair.lines.length > 0, pair.id).toBe(pair.label === 'covered');
      expect(
        pair.lines.filter((line) => !lines.has(line)),
        pair.id,
      ).toEqual([]);
    }
    expect(new Set(pairs.map(({ texts, prompt }) => JSON.stringify([texts, prompt]))).size).toBe(
      pairs.length,
    );
  });

  it('tells 5,000 patterns against a prompt of 500 instructions well within 10 seconds', () => {
    const lines = [...new Set(pairs.map(({ prompt }) => prompt))].flatMap((prompt) => {
      const pair = pairs.find((each) => each.prompt === prompt);
      return pair === undefined ? [] : promptOf(pair).instructions.map(({ text }) => `- ${text}`);
    });
    const document = readPrompt(lines.slice(0, 520).join('\n'));
    expect(document.instructions.length).toBeGreaterThanOrEqual(500);
    const texts = pairs.flatMap((pair) => pair.texts);
    const start = performance.now();
    for (let n = 0; n < 5000; n++) {
      coverageOf(
        [0, 1, 2, 3, 4].map((step) => texts[(n + step * 7) % texts.length] ?? ''),
        document,
      );
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
