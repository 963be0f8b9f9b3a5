import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextCorpus } from '../../../src/core/text/textCorpus';

const word = fc.constantFrom('run', 'test', 'commit', 'branch', 'comment', 'log', 'é', 'ø', 'constructor');
const text = fc.array(word, { maxLength: 8 });

describe('a corpus', () => {
  it('keeps each distinct bag of words once, a word as often as it stands', () => {
    const corpus = new TextCorpus();
    expect(corpus.add(['run', 'test', 'run'])).toBe(0);
    expect(corpus.add(['test', 'run', 'run'])).toBe(0);
    expect(corpus.add(['test', 'run'])).toBe(1);
    expect(corpus.add([])).toBe(-1);
    expect([corpus.size, corpus.bags, corpus.vocabulary]).toEqual([4, 2, 2]);
    expect([0, 1, 2, 3].map((number) => corpus.bagOf(number))).toEqual([0, 0, 1, -1]);
    expect(corpus.wordsOf(0).sort()).toEqual(['run', 'run', 'test']);
  });

  it('gives back what was added, and the same bag to the same words alone', () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const corpus = new TextCorpus();
        const bags = texts.map((words) => corpus.add(words));
        const sorted = texts.map((words) => JSON.stringify(words.toSorted()));
        for (const [index, bag] of bags.entries()) {
          if (bag >= 0) expect(JSON.stringify(corpus.wordsOf(bag).sort())).toBe(sorted[index]);
          for (const [other, otherBag] of bags.entries())
            expect(bag === otherBag).toBe(sorted[index] === sorted[other]);
        }
      }),
    );
  });

  it('gives a bag a key that depends on its words alone, not on order or on what came before', () => {
    fc.assert(
      fc.property(fc.array(text), text, fc.nat(), (before, words, turn) => {
        if (words.length === 0) return;
        const first = new TextCorpus();
        const key = first.keyOf(first.add(words));
        const second = new TextCorpus();
        for (const other of before) second.add(other);
        const at = turn % words.length;
        expect(second.keyOf(second.add([...words.slice(at), ...words.slice(0, at)]))).toBe(key);
        expect(Number.isSafeInteger(key) && key >= 0).toBe(true);
      }),
    );
  });

  it('tells 60,000 bags apart', () => {
    const corpus = new TextCorpus();
    for (let a = 0; a < 300; a++) for (let b = 0; b < 200; b++) corpus.add([`a${a}`, `b${b}`]);
    expect(corpus.bags).toBe(60_000);
  });

  it('reads the first 400 words of a text', () => {
    const corpus = new TextCorpus();
    const long = Array.from({ length: 500 }, (_, index) => `w${index}`);
    expect(corpus.wordsOf(corpus.add(long))).toHaveLength(400);
    expect(corpus.add(long.slice(0, 400))).toBe(0);
  });
});
