import { describe, expect, it } from 'vitest';
import { compareTexts, diceSimilarity } from '../../../src/core/templates/compareTexts';
import { estimateTokens } from '../../../src/core/text/tokens';

const names = { path: 'CLAUDE.md', from: '1.0.0', to: '1.1.0' };

describe('comparing two texts', () => {
  it('counts lines, names the sections that changed and shows a unified diff', () => {
    const from = '# A\n\n- one\n\n# B\n\n- two\n\n# C\n\n- three\n';
    const to = '# A\n\n- one\n- more of it\n\n# B\n\n- two\n\n# C\n';
    const comparison = compareTexts(from, to, names);
    expect(comparison).toMatchObject({ linesAdded: 1, linesRemoved: 2, sectionsChanged: ['A', 'C'] });
    expect(comparison.tokenDelta).toBe(estimateTokens(to) - estimateTokens(from));
    expect(comparison.diff).toContain('--- CLAUDE.md\t1.0.0\n+++ CLAUDE.md\t1.1.0\n');
    expect(comparison.diff).toContain('\n+- more of it\n');
  });

  it('finds equal texts equal', () => {
    expect(compareTexts('x', 'x', names)).toMatchObject({
      linesAdded: 0,
      linesRemoved: 0,
      similarity: 1,
      tokenDelta: 0,
    });
  });

  it('sees a change of line ends', () => {
    expect(compareTexts('a\r\nb\r\n', 'a\nb\n', names)).toMatchObject({
      linesAdded: 2,
      linesRemoved: 2,
      similarity: 0,
    });
  });

  it('measures likeness by the Dice coefficient of the lines, repeats counted', () => {
    expect(diceSimilarity(['a', 'b'], ['a', 'c'])).toBe(0.5);
    expect(diceSimilarity(['a', 'a', 'b'], ['a'])).toBe(0.5);
    expect(diceSimilarity([], [])).toBe(1);
    expect(diceSimilarity(['a'], [])).toBe(0);
  });
});
