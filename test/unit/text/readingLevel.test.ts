import { describe, expect, it } from 'vitest';
import { readingLevel } from '../../../src/core/text/readingLevel';

describe('the reading level', () => {
  it('is words a sentence plus the percentage of words over six letters', () => {
    // 10 words in 2 sentences, 2 of them long: 5 + 20.
    expect(readingLevel('Run all the tests first. Commit nothing without passing tests.')).toBeCloseTo(
      5 + 20 + 10,
    );
  });

  it('takes code, paths and identifiers for short words', () => {
    expect(readingLevel('Run `npm run verylongscript` now.')).toBe(3);
    expect(readingLevel('See src/components/navigation.tsx now.')).toBe(3);
    expect(readingLevel('Call readPromptDocument now.')).toBe(3);
  });

  it('is undefined for a text without words', () => {
    expect(readingLevel('')).toBeUndefined();
    expect(readingLevel('---')).toBeUndefined();
  });
});
