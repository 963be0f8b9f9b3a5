import { describe, expect, it } from 'vitest';
import type { Strategy } from '../../../src/core/model/common';
import { nextDraft, nextVersion, strongestStrategy } from '../../../src/core/templates/versionNumbers';

describe('the number of a new version', () => {
  const table: [existing: string[], parent: string, strategy: Strategy | null, expected: string][] = [
    [['1.0.0'], '1.0.0', null, '1.0.1'],
    [['1.0.0'], '1.0.0', 'additive', '1.1.0'],
    [['1.0.0'], '1.0.0', 'contextual', '1.1.0'],
    [['1.0.0'], '1.0.0', 'replacement', '2.0.0'],
    [['1.0.0'], '1.0.0', 'structural', '2.0.0'],
    [['1.0.0', '1.1.0'], '1.0.0', 'additive', '1.2.0'],
    [['1.0.0', '1.1.0', '1.1.1'], '1.1.0', null, '1.1.2'],
    [['1.9.0', '1.10.0', '1.0.0'], '1.9.0', 'additive', '1.11.0'],
    [['1.0.0', '1.1.0-draft.1'], '1.0.0', 'additive', '1.1.0'],
    [['1.0.0', '1.1.0-draft.1'], '1.0.0', null, '1.0.1'],
    [['1.0.0', '2.3.4'], '1.0.0', 'structural', '3.0.0'],
  ];
  it.each(table)('after %j, on %s, by %s is %s', (existing, parent, strategy, expected) => {
    expect(nextVersion(existing, parent, strategy)).toBe(expected);
  });

  it('is refused on a parent that is no semantic version', () => {
    expect(() => nextVersion([], 'one', null)).toThrow();
  });
});

describe('a draft', () => {
  it('counts up, also past drafts that were put aside', () => {
    expect(nextDraft(['1.0.0'], '1.1.0')).toBe('1.1.0-draft.1');
    expect(nextDraft(['1.1.0-draft.1', '1.1.0-draft.9', '1.1.0-draft.10'], '1.1.0')).toBe('1.1.0-draft.11');
    expect(nextDraft(['1.1.0-draft.1'], '2.0.0')).toBe('2.0.0-draft.1');
  });
});

describe('of several strategies', () => {
  it('the one with the largest effect decides', () => {
    expect(strongestStrategy(['additive', 'replacement', 'contextual'])).toBe('replacement');
    expect(strongestStrategy(['additive', 'contextual'])).toBe('contextual');
    expect(strongestStrategy([])).toBeUndefined();
  });
});
