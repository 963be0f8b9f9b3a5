import { describe, expect, it } from 'vitest';
import { coversText, findCoverage } from '../../../src/core/analysis/coverage';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { words } from '../../../src/core/text/words';

const prompt = readPrompt(`# Engineer

You write TypeScript.

## Workflow

- Make every change in the session workspace, never in the main workspace.
- Run the whole test suite before you call the work complete.
- Keep files short; change the code of one module at a time.

## Git

- Commit with a conventional commit message and push right away.
`);

describe('coverage of a correction by a prompt', () => {
  it.each([
    ["you're editing the main workspace, not the session", 7],
    ['did you run the whole test suite before saying it is complete?', 8],
    ['commit this and push', 13],
  ])('names the instruction that was not followed: %s', (text, line) => {
    const coverage = coversText(text, prompt);
    expect(coverage).toMatchObject({ state: 'disobeyed', line });
    expect(coverage.similarity).toBeGreaterThan(0.3);
  });

  it.each([
    'never store timestamps in local time, always UTC',
    'you changed the code of the wrong file',
    'this test is in the wrong file',
    'change the test code',
  ])('is missing where only generic words are shared: %s', (text) => {
    expect(coversText(text, prompt).state).toBe('missing');
  });

  it('is unknown without a prompt or without words', () => {
    expect(coversText('use the session repo', undefined)).toEqual({ state: 'unknown' });
    expect(findCoverage([], prompt.instructions)).toEqual({ state: 'unknown' });
    expect(findCoverage(words('use the session repo'), []).state).toBe('missing');
  });
});
