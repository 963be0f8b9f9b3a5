import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMarks, marksByKind, Redaction, redact } from '../../../src/core/capture/redaction/redact';

const letters = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
const text = `key ghp_${letters} and password=hunter2 and password=hunter3 end`;

describe('marks', () => {
  it('are counted by kind, whenever the secrets were taken out', () => {
    const once = redact(text).text;
    expect(marksByKind(once)).toEqual({ 'GitHub token': 1, 'secret value': 2 });
    expect(countMarks(once)).toBe(3);
    expect(countMarks(redact(once).text)).toBe(3);
    expect(marksByKind('nothing [redacted] here')).toEqual({});
  });

  it('count the same in a record made from a text redacted before', () => {
    const fresh = new Redaction();
    fresh.text(text);
    const later = new Redaction();
    later.text(redact(text).text);
    expect([fresh.count, later.count]).toEqual([3, 3]);
  });
});

describe('the redaction of a record', () => {
  it('leaves no half of a secret where a text is cut', () => {
    const redaction = new Redaction();
    const secret = `ghp_${letters}`;
    for (let limit = 1; limit < 60; limit++) {
      const head = redaction.excerpt(`key ${secret} and much more text behind it, and more`, limit);
      expect(head).not.toContain('ghp_');
      const tail = redaction.excerpt(`much more text before it, and more: ${secret}`, limit, 'tail');
      expect(tail).not.toMatch(/[x-z]0123/);
    }
  });

  it('cuts no mark and no character in two', () => {
    const redaction = new Redaction();
    expect(redaction.excerpt(`see password=hunter2 and more`, 20)).toBe('see password= …');
    expect(redaction.excerpt('and more password=hunter2 it was', 20, 'tail')).toBe('…  it was');
    expect(redaction.excerpt('password=hunter2', 20)).toBe('password= …');
    expect(redaction.excerpt('😀😀😀', 3)).toBe('😀 …');
    expect(redaction.excerpt('😀😀😀', 3, 'tail')).toBe('… 😀');
  });

  it.each(['head', 'tail'] as const)('makes the same excerpt of an excerpt, kept at the %s', (keep) => {
    const piece = fc.constantFrom(
      text,
      'password=hunter2',
      ' …',
      '… ',
      '[redacted: API key]',
      '[redacted: ',
      '😀',
      letters,
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { maxLength: 10 }),
        fc.integer({ min: 1, max: 120 }),
        (pieces, limit) => {
          const first = new Redaction();
          const once = first.excerpt(pieces.join(''), limit, keep);
          const second = new Redaction();
          expect(second.excerpt(once, limit, keep)).toBe(once);
          expect(second.count).toBe(first.count);
          expect(redact(once).text).toBe(once);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reaches strings anywhere in a value', () => {
    const redaction = new Redaction();
    expect(redaction.value({ a: ['password=hunter2', 1], b: { c: null } })).toEqual({
      a: ['password=[redacted: secret value]', 1],
      b: { c: null },
    });
    expect(redaction.count).toBe(1);
  });

  it('takes out what the key of a value says is secret', () => {
    expect(
      new Redaction().value({
        password: 'hunter2x',
        apiKey: 'a1b2c3d4',
        tokenCount: 'a1b2c3d4',
        key: 'shop-2',
      }),
    ).toEqual({
      password: '[redacted: secret value]',
      apiKey: '[redacted: secret value]',
      tokenCount: 'a1b2c3d4',
      key: 'shop-2',
    });
  });

  it('takes out personal data when asked', () => {
    const redaction = new Redaction({ emails: true, homeDirectories: true });
    expect(redaction.text('ada@example.com in /Users/ada')).toBe(
      '[redacted: e-mail] in /Users/[redacted: user name]',
    );
    expect(redaction.count).toBe(2);
  });
});
