import { describe, expect, it } from 'vitest';
import { correctionKind } from '../../../src/core/capture/correctionKind';
import { judgeMessage } from '../../../src/core/capture/message/messageClassifier';
import type { MessageContext } from '../../../src/core/capture/message/messageFeatures';
import { isStandingInstruction } from '../../../src/core/capture/message/standingInstruction';

const likelihoodOf = (words: string, around: MessageContext) => judgeMessage(words, around).likelihood;

const context = { after: undefined, previousAgentOutput: 'I have updated the file.' };

describe('the likelihood that words correct', () => {
  it.each([
    'no, wrong. there is already a file for it',
    'this still does not work, I see the same error again',
    'I asked you to write a plan, not to implement it',
    "you forgot to update the docs, and I'm not sure the names are right",
  ])('is high for: %s', (words) => {
    expect(likelihoodOf(words, context)).toBeGreaterThan(0.6);
  });

  it.each(['yes', 'ok, commit it', 'Can you explain how the cache works?', 'next, create a login page'])(
    'is low for: %s',
    (words) => {
      expect(likelihoodOf(words, context)).toBeLessThan(0.4);
    },
  );

  it.each([
    'Implement the following plan:\n\n# Fix what is wrong, it does not work',
    'Operation stopped by hook: this is wrong',
    'Base directory for this skill: /skills/x\n\nNever do it wrong again',
    '```\nError: this is wrong, no, still broken\n```',
    '',
  ])('is 0 for what no person worded: %#', (words) => {
    expect(likelihoodOf(words, context)).toBe(0);
  });

  it('rises after an interrupt', () => {
    const words = 'use the model for that';
    expect(likelihoodOf(words, { ...context, after: 'interrupted' })).toBeGreaterThan(
      likelihoodOf(words, context),
    );
  });

  it('rises when the agent answers that the person is right, and tells so', () => {
    const words = 'that is the old name of the file';
    const answered = judgeMessage(words, context, "You're absolutely right, I apologize. Let me fix that.");
    expect(answered.likelihood).toBeGreaterThan(likelihoodOf(words, context));
    expect(answered.because.join()).toContain('the agent');
  });
});

describe('a standing instruction', () => {
  it.each([
    'never commit to main',
    'No. Always run the linter before you push.',
    'from now on, use tabs',
    "don't ever touch the migrations",
    'please, always ask first',
    'We should NEVER be in mock mode in production.',
    'in future, check the docs first',
    'every time you edit a rule, update the index',
  ])('is: %s', (words) => {
    expect(isStandingInstruction(words)).toBe(true);
  });

  it.each([
    'it never worked',
    'why does this always fail?',
    'I never saw that message',
    'does it always do that?',
    'use the other file',
    "it doesn't need to always ask",
    '> never do that',
    '```\nnever do that\n```',
  ])('is not: %s', (words) => {
    expect(isStandingInstruction(words)).toBe(false);
  });
});

describe('type and severity', () => {
  it.each([
    ['the tests are failing with an error', 'technical_correction'],
    ['no, i meant the other task', 'incorrect_interpretation'],
    ['this should be formatted as a table', 'formatting_correction'],
    ['you forgot to mention the licence', 'missing_information'],
    ['this is verbose, make it simpler', 'quality_improvement'],
    ['the numbers are wrong', 'content_correction'],
    ['work in the other folder', 'approach_correction'],
  ])('%s: %s', (words, type) => {
    expect(correctionKind(words, 'message').type).toBe(type);
  });

  it.each([
    ['you deleted my branch, data loss!', 'critical'],
    ['I told you not to do that', 'high'],
    ['STOP editing', 'high'],
    ['use the other file', 'medium'],
    ['a small typo', 'low'],
  ])('%s: %s', (words, severity) => {
    expect(correctionKind(words, 'message').severity).toBe(severity);
  });

  it('is low for a stop without words', () => {
    expect(correctionKind('', 'interrupted').severity).toBe('low');
  });
});
