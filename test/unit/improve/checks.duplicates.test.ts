import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { sameDemand } from '../../../src/core/improve/checks/sameDemand';

const pairSchema = z.object({
  a: z.string(),
  b: z.string(),
  label: z.enum(['same', 'near', 'opposed', 'other']),
  usedFor: z.enum(['fitting', 'held out']),
});
const path = fileURLToPath(new URL('../../fixtures/duplicates/pairs.jsonl', import.meta.url));
const pairs = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => pairSchema.parse(JSON.parse(line)));

/** The linter asks of a pair whether either says the other. */
function either(a: string, b: string): string {
  const relation = sameDemand(a, b).relation;
  return sameDemand(b, a).relation === 'same' ? 'same' : relation;
}

describe('pairs of instructions of repositories that nothing was chosen on', () => {
  const held = pairs.filter(({ usedFor }) => usedFor === 'held out');
  const named = held.filter(({ a, b }) => either(a, b) === 'same');
  const same = held.filter(({ label }) => label === 'same');

  // 28 of 35 right, 28 of 40 found, and none of the seven wrong ones is about another thing.
  it('four of five that are called the same are the same, and the others are near', () => {
    const right = named.filter(({ label }) => label === 'same').length;
    expect(right / named.length).toBeGreaterThanOrEqual(0.78);
    expect(named.filter(({ label }) => label === 'other')).toEqual([]);
  });

  it('two of three that are the same are found, and nine of ten are at least called near', () => {
    const found = same.filter(({ a, b }) => either(a, b) === 'same').length;
    const near = same.filter(({ a, b }) => either(a, b) !== 'other').length;
    expect(found / same.length).toBeGreaterThanOrEqual(0.68);
    expect(near / same.length).toBeGreaterThanOrEqual(0.9);
  });
});

describe('the same demand', () => {
  const relation = (a: string, b: string) => sameDemand(a, b).relation;

  it.each([
    ['Run the full test suite before committing.', 'Before committing, always run the full test suite.'],
    ['Never edit generated files by hand.', "Don't edit generated files by hand."],
    [
      'Do not spawn sub-tasks before reading the mentioned files.',
      'Read the mentioned files before spawning sub-tasks.',
    ],
    [
      'Ask for approval before deleting branches.',
      'Ask for permission before you delete branches. Then say what you did.',
    ],
  ])('%s / %s', (a, b) => {
    expect(relation(a, b)).toBe('same');
  });

  it.each([
    ['Run the integration tests in Docker.', 'Never run the integration tests in Docker.'],
    ['Commit generated snapshot files.', 'Do not commit generated snapshot files.'],
  ])('another polarity is the opposite: %s / %s', (a, b) => {
    expect(relation(a, b)).toBe('opposed');
    expect(relation(b, a)).toBe('opposed');
  });

  it.each([
    ['Save the output to `.flow/02-branch.md`.', 'Save the output to `.flow/07-review.md`.'],
    [
      'When editing SQL files, run the schema linter first.',
      'When writing release notes, run the schema linter first.',
    ],
    [
      'Run the schema linter before pushing.',
      'When editing SQL files, run the schema linter before pushing.',
    ],
    ['Answer in German.', 'Write commit messages in English.'],
  ])('another object or case is not the same: %s / %s', (a, b) => {
    expect(['near', 'other']).toContain(relation(a, b));
  });
});
