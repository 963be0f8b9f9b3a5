// Makes the table of word vectors that the analysis uses: see README.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commonPart, sumOfWords } from '../../../src/core/text/meaningBlock';
import { documentFrequencies, inverseDocumentFrequency } from '../../../src/core/text/vectorSpace';
import { type Learnt, learnVectors } from './coOccurrence';
import { generalVectors } from './general';
import { readSentences } from './sentences';

const generalDimensions = 48;
const ownDimensions = 32;
const mostGeneral = 15_000;
const leastCount = 8;
/** One sentence in so many tells what sentences have in common. */
const sampled = 10;

function rowsOf({ stems, vectors }: Learnt): Int8Array[] {
  return stems.map((_, index) => {
    const vector = vectors[index] ?? new Float64Array();
    const largest = Math.max(...vector.map(Math.abs), 1e-12);
    return Int8Array.from(vector, (value) => Math.round((value / largest) * 127));
  });
}

/** What sentences at large have in common, to stand behind the few texts of a small workspace. */
function describe(name: string, learnt: Learnt, dimensions: number, sentences: readonly string[][]) {
  const data = Int8Array.from(rowsOf(learnt).flatMap((row) => [...row]));
  const rows = new Map(learnt.stems.map((stem, row) => [stem, row]));
  const none = new Array<number>(dimensions).fill(0);
  const block = { dimensions, rows, data, centre: none, axis: none };
  const sample = sentences.filter((_, index) => index % sampled === 0);
  const frequencies = documentFrequencies(sample);
  const weigh = (sentence: readonly string[]) =>
    new Map(
      sentence.map((word) => [word, inverseDocumentFrequency(sample.length, frequencies.get(word) ?? 0)]),
    );
  const { centre, axis } = commonPart(
    block,
    sample.map((sentence) => sumOfWords(block, weigh(sentence))),
  );
  const round = (values: Float32Array) => Array.from(values, (value) => Number(value.toFixed(4)));
  return { name, dimensions, stems: learnt.stems.length, centre: round(centre), axis: round(axis) };
}

const { values } = parseArgs({
  options: {
    glove: { type: 'string' },
    prose: { type: 'string', multiple: true },
    skip: { type: 'string', multiple: true },
    out: { type: 'string', default: 'media/wordVectors.bin' },
  },
});
if (values.glove === undefined || values.prose === undefined)
  throw new Error('Give --glove FILE.json and --prose FOLDER (may be repeated).');

const sentences = readSentences(values.prose, values.skip ?? []);
const own = learnVectors(sentences, ownDimensions, leastCount);
const known = new Set(own.stems);
const general = generalVectors(values.glove, generalDimensions, mostGeneral, (stem) => known.has(stem));
const head = {
  blocks: [
    describe('general', general, generalDimensions, sentences),
    describe('agents', own, ownDimensions, sentences),
  ],
};
const text = `${JSON.stringify(head)}\n${general.stems.join(' ')}\n${own.stems.join(' ')}\n`;
writeFileSync(
  values.out,
  Buffer.concat([
    Buffer.from(text),
    ...[...rowsOf(general), ...rowsOf(own)].map((row) => Buffer.from(row.buffer)),
  ]),
);
console.log(
  `${values.out}: ${sentences.length} sentences, ${own.stems.length} and ${general.stems.length} stems`,
);
