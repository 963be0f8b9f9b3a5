import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradicts } from '../../../src/core/improve/contradiction';

describe('two sentences contradict each other where', () => {
  it.each([
    ['Use pnpm, not npm.', 'Use npm.'],
    ['Use pnpm instead of npm.', 'Always use `npm`.'],
    ['Do not use npm; use pnpm.', 'You should use npm.'],
    ['Prefer composition over inheritance.', 'Use inheritance.'],
    ['Use tabs for indentation.', 'Use spaces for indentation.'],
    ['Use vitest.', 'Use Jest.'],
    ['Never use `any`.', 'Use `any`.'],
    ['Avoid adding comments.', 'Add comments.'],
    ['No emojis.', 'Use emojis.'],
    ['Never commit to main.', 'Commit to main.'],
    ['Always run the tests before a commit.', 'Do not run the tests before a commit.'],
    ['Before a commit, run the tests.', 'Do not run tests before a commit.'],
    ['Keep lines under 80 characters.', 'Keep lines under 120 characters.'],
    ['The agent must never edit files in the main workspace.', 'Edit files in the main workspace.'],
    ["Don't touch the lock file.", 'Modify the lock file.'],
  ])('%s / %s', (a, b) => {
    expect(contradicts(a, b)?.reason).toMatch(/^One .*\.$/);
    expect(contradicts(b, a)).toBeDefined();
  });
});

describe('nothing is said where', () => {
  it.each([
    ['the one is an exception', 'Never use `any`.', 'Use `any` in tests.'],
    ['the things differ', 'Never commit secrets.', 'Commit often.'],
    ['both forbid', 'Never use npm.', 'Use pnpm, not npm.'],
    ['both ask', 'Run the tests.', 'Run the linter.'],
    ['one only allows', 'You may use npm.', 'Never use npm.'],
    ['one offers a choice', 'Use npm or pnpm.', 'Use pnpm, not npm.'],
    ['one asks', 'Why did you use npm?', 'Use npm.'],
    ['tools serve different ends', 'Use npm for publishing.', 'Use pnpm for installing.'],
    ['the deed differs', 'Do not delete comments.', 'Add comments.'],
    ['avoiding is not reading', 'Avoid comments.', 'Read comments.'],
    ['the figures are of steps', '1 Run the tests first.', '2 Run the tests first.'],
    ['the bounds differ', 'Write at least 3 tests.', 'Write at most 5 tests.'],
    ['they are titles', 'Stream API and buffers', 'Stream processing instead of buffering'],
    ['they are remarks', 'Up to 72% savings', 'Up to 57% savings'],
    ['one needs leave', 'Never push without asking.', 'Push to the branch.'],
    ['they say the same', 'Do not push to main.', 'Never push to main.'],
  ])('%s: %s / %s', (_, a, b) => {
    expect(contradicts(a, b)).toBeUndefined();
    expect(contradicts(b, a)).toBeUndefined();
  });

  it('a sentence stands by itself, and the order of the two does not matter', () => {
    const part = fc.constantFrom(
      'use',
      'never',
      'do not',
      'npm',
      '`pnpm`',
      ', not',
      'in',
      'tests',
      '.',
      'avoid',
      'add',
      'comments',
      '80',
      'instead of',
      'and',
      'or',
      '*',
      '\n',
    );
    const sentence = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        expect(contradicts(a, b) === undefined).toBe(contradicts(b, a) === undefined);
      }),
    );
  });
});
