import { describe, expect, it } from 'vitest';
import { fitRule } from '../../../src/core/improve/style/fitRule';
import { missingTool } from '../../../src/core/improve/style/missingTool';
import { emphasisOf, isForeign, styleOf } from '../../../src/core/improve/style/promptStyle';
import { readPrompt } from '../../../src/core/prompt/promptDocument';

describe('a rule is said as the list that it joins says its rules', () => {
  it.each([
    ['without a period', ['Run the linter', 'Be brief'], 'Run the tests.', 'Run the tests'],
    ['with one', ['Run the linter.', 'Be brief.'], 'Run the tests.', 'Run the tests.'],
    ['as it is where they differ', ['Run the linter.', 'Be brief'], 'Run the tests.', 'Run the tests.'],
    [
      'with their opening',
      ['You must lint.', 'You must be brief.'],
      'Run the tests.',
      'You must run the tests.',
    ],
    [
      'as a prohibition of theirs',
      ['You must lint.', 'You must be brief.'],
      'Do not push.',
      'You must not push.',
    ],
    [
      'with their subject',
      ['The agent must lint.', 'The agent must ask.'],
      'Never push.',
      'The agent must never push.',
    ],
    ['in small letters', ['run the linter', 'be brief'], 'Run the tests.', 'run the tests'],
    [
      'with a label',
      ['**Lint**: Run it.', '**Style**: Be brief.'],
      'Run the tests.',
      '**Tests**: Run the tests.',
    ],
    [
      'without one where none is plain',
      ['**Lint**: Run it.', '**Style**: Be brief.'],
      'Ask first.',
      'Ask first.',
    ],
    ['as it is beside one item', ['You must lint'], 'Run the tests.', 'Run the tests.'],
    [
      'with its case in front',
      ['You must lint.', 'You must ask.'],
      'When in doubt, ask.',
      'When in doubt, ask.',
    ],
  ])('%s', (_, items, rule, expected) => {
    expect(fitRule(rule, styleOf(items))).toBe(expected);
  });
});

describe('a prompt', () => {
  it.each([
    ['IMPORTANT: Ask.\n\nIMPORTANT: Lint.\n', 'important'],
    ['- You MUST ask.\n- NEVER push.\n', 'capitals'],
    ['- **Ask before you delete.**\n', 'bold'],
    ['- Ask.\n', 'none'],
  ])('%j stresses by %s', (text, emphasis) => {
    expect(emphasisOf(readPrompt(text))).toBe(emphasis);
  });

  it('in another language is known', () => {
    expect(
      isForeign(
        readPrompt(
          '- Verwende immer den Editor und nicht die Konsole.\n- Bitte nie ohne Tests pushen, das ist nicht gut.\n',
        ),
      ),
    ).toBe(true);
    expect(isForeign(readPrompt('- Run the tests and the linter.\n- Never push to the main branch.\n'))).toBe(
      false,
    );
  });

  it('whose tools leave out what a rule needs is told so', () => {
    const reader = readPrompt('---\nname: a\ntools: Read, Grep\n---\nYou review.\n');
    expect(missingTool(reader, 'Run the tests before a commit.')).toBe('Bash');
    expect(missingTool(reader, 'Never run the tests.')).toBeUndefined();
    expect(missingTool(readPrompt('---\ntools: [Read, Bash]\n---\n'), 'Run the tests.')).toBeUndefined();
    expect(missingTool(readPrompt('# A\n'), 'Run the tests.')).toBeUndefined();
  });
});
