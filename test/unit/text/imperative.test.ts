import { describe, expect, it } from 'vitest';
import { directiveClauses } from '../../../src/core/text/directiveClause';
import { heed, imperative } from '../../../src/core/text/imperative';

describe('the directive clauses of a message', () => {
  it('are those that command or reproach', () => {
    const text =
      "Great, thanks. I looked at it yesterday. Don't touch the lock file, and never push to main!";
    expect(directiveClauses(text).map((clause) => clause.text)).toEqual([
      "Don't touch the lock file",
      'and never push to main!',
    ]);
  });

  it('are none in chatter or pasted output', () => {
    expect(directiveClauses('ok, cool\n```\nnever do this\n```\nError: you should not see this')).toEqual([]);
  });
});

describe('the imperative that a message comes down to', () => {
  it.each([
    [
      'why didnt you switch into the session repo for this task?',
      'Switch into the session repo for this task',
    ],
    ["why didn't you run the tests?", 'Run the tests'],
    ['why did you commit to the main branch?', 'Do not commit to the main branch'],
    ["you're editing files in the main workspace", 'Stop editing files in the main workspace'],
    [
      'you should not be editing files in the main workspace',
      'Do not be editing files in the main workspace',
    ],
    ['dont touch tdd_discipline, *ever*', 'Do not touch tdd_discipline, ever'],
    ['ok. please always run the linter before you commit.', 'Always run the linter before you commit'],
    [
      'are you making these changes in the main workspace or the session repo?',
      'Check: are you making these changes in the main workspace or the session repo?',
    ],
  ])('%s', (message, expected) => {
    expect(imperative(message)).toBe(expected);
  });

  it('is cut at a word, at about 80 characters', () => {
    const title = imperative(`never ${'touch generated files in that folder or '.repeat(6)}at all`);
    expect(title?.length).toBeLessThanOrEqual(81);
    expect(title).toMatch(/^Never touch generated files .*\w…$/);
  });

  it('is none where nobody commands; then the person’s words are to be heeded', () => {
    expect(imperative('I saw the same error yesterday')).toBeUndefined();
    expect(heed('I saw the same error yesterday')).toBe('Heed: “I saw the same error yesterday”');
  });
});
