import { describe, expect, it } from 'vitest';
import { coverageOf, findCoverage } from '../../../src/core/analysis/coverage';
import { type PromptDocument, readPrompt } from '../../../src/core/prompt/promptDocument';
import { words } from '../../../src/core/text/words';

/** Coverage of one message. */
const coversText = (text: string, document: PromptDocument | undefined) => coverageOf([text], document);

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
    expect(findCoverage([], prompt)).toEqual({ state: 'unknown' });
    expect(findCoverage(words('use the session repo'), readPrompt('')).state).toBe('missing');
  });

  it('knows words that are used for the same thing, and two words written as one', () => {
    const document = readPrompt(
      '- Keep the work log of the task current.\n- Delete redundant docstrings before you commit.\n- Prefer small functions.\n',
    );
    expect(coversText('remove that duplicate comment, please', document)).toMatchObject({ line: 2 });
    expect(coversText('the worklog of this task is not current', document)).toMatchObject({ line: 1 });
  });

  it('reads an item together with the label and the items that it stands beneath', () => {
    const rule = 'Ask before the first deployment.';
    const document = readPrompt(`Staging:\n- ${rule}\n\nProduction:\n- ${rule}\n- Europe\n  - ${rule}\n`);
    expect(coversText('did you ask before the first production deployment?', document).line).toBe(5);
    expect(coversText('ask me before the first staging deployment', document).line).toBe(2);
    expect(coversText('ask before the first deployment in production in europe', document).line).toBe(7);
  });

  it('asks what several messages have in common, in any order of them', () => {
    const texts = [
      'not in the main workspace, work in the session',
      'you edited the main workspace again',
      'is this the session workspace? the logo looks odd',
    ];
    expect(coverageOf(texts, prompt)).toMatchObject({ state: 'disobeyed', line: 7 });
    expect(coverageOf([...texts].reverse(), prompt).line).toBe(7);
    expect(coverageOf(['', ' '], prompt)).toEqual({ state: 'unknown' });
  });
});
