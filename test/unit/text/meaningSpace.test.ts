import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowDot, rowOf } from '../../../src/core/text/denseRows';
import { MeaningSpace } from '../../../src/core/text/meaningSpace';
import { words } from '../../../src/core/text/words';
import { noWordVectors, readWordVectors } from '../../../src/core/text/wordVectors';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';
import { tuningThemes } from '../analysis/plantedThemes';

const wordVectors = await openWordKnowledge().load();
const texts = tuningThemes.flatMap(({ wordings }) => wordings.map(words));

function lengths(space: MeaningSpace, of: readonly (readonly string[])[]): number[] {
  const rows = space.rows(of);
  return of.map((_, index) => Math.hypot(...rowOf(rows, index)));
}

describe('a space of meaning', () => {
  it('places texts that it knows at length 1, and never farther', () => {
    for (const length of lengths(new MeaningSpace(texts, wordVectors), texts)) {
      expect(length).toBeGreaterThan(0.5);
      expect(length).toBeLessThan(1 + 1e-5);
    }
    const full = lengths(new MeaningSpace(texts, wordVectors), texts).filter((length) => length > 1 - 1e-5);
    expect(full.length).toBeGreaterThan(0.9 * texts.length);
  });

  it('is the same for the same texts', () => {
    const [first, second] = [new MeaningSpace(texts, wordVectors), new MeaningSpace(texts, wordVectors)];
    expect(first.rows(texts).data).toEqual(second.rows(texts).data);
  });

  it('puts wordings of one theme nearer to each other than those of two', () => {
    for (const vectors of [wordVectors, noWordVectors]) {
      const { data, dimensions } = new MeaningSpace(texts, vectors).rows(texts);
      let [within, inside, across, outside] = [0, 0, 0, 0];
      for (let a = 0; a < texts.length; a++) {
        for (let b = 0; b < a; b++) {
          const similarity = rowDot(data, dimensions, a, b);
          if (Math.floor(a / 8) === Math.floor(b / 8)) {
            within += similarity;
            inside++;
          } else {
            across += similarity;
            outside++;
          }
        }
      }
      expect(within / inside).toBeGreaterThan(across / outside + 0.25);
    }
  });

  it('has a place for any text: nothing known is the origin, words of the table alone are half known', () => {
    const space = new MeaningSpace(texts, wordVectors);
    const [nothing, unknown, foreign] = lengths(space, [[], ['xqzzt', 'vvkrr'], words('penguin elephant')]);
    expect(nothing).toBe(0);
    expect(unknown).toBe(0);
    expect(foreign).toBeGreaterThan(0);
    expect(foreign).toBeLessThan(0.99);
    expect(space.word('xqzzt').weight).toBeGreaterThan(space.word('test').weight);
  });

  it('has finite numbers for any texts, also for none, for one and for copies', () => {
    const text = fc.array(fc.constantFrom('run', 'test', 'commit', 'xqzzt', 'branch'), { maxLength: 6 });
    const rows = Int8Array.from({ length: 10 }, (_, index) => index - 3);
    const head = { blocks: [{ dimensions: 2, stems: 5, centre: [0.1, 0.2], axis: [0, 1] }] };
    const lines = new TextEncoder().encode(`${JSON.stringify(head)}\nrun test commit branch log\n`);
    const small = readWordVectors(Uint8Array.from([...lines, ...new Uint8Array(rows.buffer)]));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), fc.boolean(), (some, bare) => {
        const space = new MeaningSpace(some, bare ? noWordVectors : small);
        const { data } = space.rows([...some, ['run'], []]);
        expect(data.every((value) => Number.isFinite(value) && Math.abs(value) < 1.0001)).toBe(true);
      }),
    );
  });
});
