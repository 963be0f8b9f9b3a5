import { describe, expect, it } from 'vitest';
import { partitionKey } from '../../../../src/core/analysis/clusters/sample';
import { TextCorpus } from '../../../../src/core/text/textCorpus';
import { vectorsFromText } from '../../../../src/core/text/vectorText';
import { hash } from '../../support/memoryPorts';

/** The same words in as many dimensions, which mean something else. */
const tables = [
  ['run 1 0', 'test 0 1'],
  ['run 0 1', 'test 1 0'],
].map((lines) => ({ blocks: [vectorsFromText(lines, 'own.txt')] }));

function keyOf(texts: readonly string[], table: (typeof tables)[number]): string {
  const corpus = new TextCorpus();
  const bags = texts.map((text) => corpus.add(text.split(' ')));
  return partitionKey(corpus, bags, table, hash);
}

describe('the key of the groups of a sample', () => {
  it('is another for other texts and for other word vectors, and else the same', () => {
    const [one, other] = tables;
    if (one === undefined || other === undefined) throw new Error('no tables');
    expect(keyOf(['run test', 'test'], one)).toBe(keyOf(['run test', 'test'], one));
    expect(keyOf(['run test', 'run'], one)).not.toBe(keyOf(['run test', 'test'], one));
    expect(keyOf(['run test', 'test'], other)).not.toBe(keyOf(['run test', 'test'], one));
  });
});
