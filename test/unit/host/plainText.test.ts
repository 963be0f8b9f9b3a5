import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolated, oneLine, withoutIcons, withoutLinks } from '../../../src/host/plainText';

describe('untrusted text as one line', () => {
  it('joins lines and cuts what is too long', () => {
    expect(oneLine('  no,\n\tnot\r\nthat ', 80)).toBe('no, not that');
    expect(oneLine('x'.repeat(200), 80)).toBe(`${'x'.repeat(80)}…`);
  });

  it('takes out what turns the direction of writing, and what cannot be seen', () => {
    expect(oneLine('safe\u202egnp.exe\u2066\u200b\u0007\u001b[31m', 80)).toBe('safegnp.exe[31m');
  });

  it('keeps emoji that are joined, and letters of every script', () => {
    expect(oneLine('👩‍💻 שלום مرحبا 你好 é', 80)).toBe('👩‍💻 שלום مرحبا 你好 é');
  });

  it('takes marks off a letter that would run into the rows around', () => {
    expect(oneLine(`a${'\u0301'.repeat(50)}b`, 80)).toBe(`a${'\u0301'.repeat(3)}b`);
  });

  it('never cuts a character in two, and is never longer than asked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (text, limit) => {
          const line = oneLine(text, limit);
          expect([...line].length).toBeLessThanOrEqual(limit + 1);
          expect(line).not.toMatch(/\n|\r|\t/);
          expect(line).not.toMatch(/\p{Surrogate}/u);
        },
      ),
    );
  });
});

it('keeps a text that runs from right to left apart from its neighbours', () => {
  expect(isolated('שלום')).toBe('\u2068שלום\u2069');
  expect(isolated('hello')).toBe('hello');
});

it('leaves no link to be made in a notification, and no icon in a pick', () => {
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/;
  const attack = '[Open](command:claudePm.deploy) $(trash)';
  expect(attack).toMatch(link);
  expect(withoutLinks(attack)).not.toMatch(link);
  expect(withoutIcons(attack)).not.toMatch(/\$\(trash\)/);
});
