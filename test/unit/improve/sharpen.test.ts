import { describe, expect, it } from 'vitest';
import { firmer } from '../../../src/core/improve/strategies/firmer';
import { sharpen } from '../../../src/core/improve/strategies/sharpen';
import type { Emphasis } from '../../../src/core/improve/style/promptStyle';

function sharpened(
  line: string,
  rule: string,
  emphasis: Emphasis = 'none',
  example?: string,
): string | undefined {
  const words = { rule, emphasis, ...(example === undefined ? {} : { example }) };
  return sharpen([`${line}\n`], words)
    ?.lines.join('')
    .replace(/\n$/, '');
}

describe('a vague instruction becomes firm and keeps its words', () => {
  it.each([
    ['You should run the tests.', 'You must run the tests.'],
    ['Try to keep functions short.', 'Keep functions short.'],
    ['Try not to mock the store.', 'Do not mock the store.'],
    ['Consider adding a test.', 'Add a test.'],
    ['Prefer composition over inheritance.', 'Use composition, not inheritance.'],
    ['Run the tests when possible.', 'Run the tests.'],
    ['If possible, run the tests.', 'Run the tests.'],
  ])('%s', (vague, firm) => {
    expect(firmer(vague)).toBe(firm);
  });

  it.each(['Run the tests.', 'Never push.', 'Call `should` first.'])('%s stays', (text) => {
    expect(firmer(text)).toBeUndefined();
  });
});

describe('an instruction that was not followed', () => {
  it('takes in only the case that is new', () => {
    expect(sharpened('- Run the unit tests.', 'Run the unit tests before every commit.')).toBe(
      '- Run the unit tests before every commit.',
    );
  });

  it('takes in only the remedy that is new', () => {
    expect(sharpened('- Use pnpm', 'Use pnpm instead of npm or yarn.')).toBe(
      '- Use pnpm instead of npm or yarn',
    );
  });

  it('is made firm before anything is added', () => {
    expect(sharpened('- **Tests**: You should run the tests.', 'Run the tests.')).toBe(
      '- **Tests**: You must run the tests.',
    );
  });

  it('gets an example where there is one', () => {
    expect(sharpened('- Install with ci.', 'Install with ci.', 'none', '`npm ci`, not `npm install`')).toBe(
      '- Install with ci. Example: `npm ci`, not `npm install`.',
    );
  });

  it.each([
    ['important', '- IMPORTANT: Never push to main.'],
    ['capitals', '- NEVER push to main.'],
    ['bold', '- **Never push to main.**'],
    ['none', '- **Never push to main.**'],
  ] as const)('is stressed at last as the prompt does it (%s), and then left alone', (emphasis, stressed) => {
    expect(sharpened('- Never push to main.', 'Never push to main.', emphasis)).toBe(stressed);
    expect(sharpened(stressed, 'Never push to main.', emphasis)).toBeUndefined();
  });
});
