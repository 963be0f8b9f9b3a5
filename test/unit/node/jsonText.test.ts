import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, jsonErrorOffset, lineAt, readJson } from '../../../src/node/jsonText';

/** JSON text that one character was taken from or put into, over several lines. */
const damaged = fc
  .tuple(
    fc.jsonValue(),
    fc.nat(),
    fc.constantFrom('', '"', ',', '}', ']', ':', '\n', '0', 't', '\\', '\t', 'e'),
    fc.nat(2),
  )
  .map(([value, place, put, taken]) => {
    const text = JSON.stringify(value, null, 1);
    const at = place % (text.length + 1);
    return text.slice(0, at) + put + text.slice(at + taken);
  });

describe('reading JSON', () => {
  it.each([
    ['{"a": 1,\n "b": tru\n}', 2],
    ['{"a": 1,\n}', 2],
    ['{\n\n"a": 1\n"b": 2}', 4],
    ['[1,\n2', 2],
    ['["a\n"]', 1],
    ['1\n2', 2],
    ['', 1],
  ])('names the line of the error in %j', (text, line) => {
    expect(readJson(text)).toMatchObject({ ok: false, line });
  });

  it('finds an error where, and only where, JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.json(), fc.string()), (text) => {
        expect(jsonErrorOffset(text) === undefined).toBe(readJson(text).ok);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with the line that V8 gives, where it gives one', () => {
    let compared = 0;
    fc.assert(
      fc.property(damaged, (text) => {
        const told = v8Offset(text);
        const found = jsonErrorOffset(text);
        if (told === undefined || found === undefined) return;
        compared += 1;
        expect(lineAt(text, found)).toBeLessThanOrEqual(lineAt(text, told));
        // Inside a string or number, V8 points at the character and we at the token's start.
        expect(text.slice(found, told)).not.toMatch(/[,:[\]{}]\s*\n/);
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});

function v8Offset(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (cause) {
    const position = / at position (\d+)/.exec(String(cause))?.[1];
    return position === undefined ? undefined : Number(position);
  }
}

describe('decoding', () => {
  it('drops a byte-order mark and refuses what is not UTF-8', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
    expect(decodeUtf8(Uint8Array.of(0xc3))).toBeUndefined();
  });
});
