import { PipelineError } from '../errors';
import { words } from './words';
import type { VectorBlock } from './wordVectors';

/** The frequent words come first in such files; the rest adds little. */
const mostLines = 200_000;
const mostDimensions = 300;
/** Halves the weight of a word about this far down the list when words of one stem are averaged. */
const frequentWords = 10;

function malformed(path: string, line: number, what: string): PipelineError {
  return new PipelineError('INVALID_INPUT', `The file of word vectors cannot be read: ${what}.`, {
    subject: `${path}:${line}`,
    remedy:
      'Give a text file with a word and its numbers on each line, as GloVe, word2vec and fastText write them.',
  });
}

/** Whole numbers of words and dimensions, with which word2vec and fastText begin. */
const header = /^\d+ \d+$/;

/**
 * Word vectors from the text format of GloVe, word2vec and fastText: a word and its numbers on each line, the frequent words first.
 * Words of one stem are averaged; phrases and what is no word are left out.
 * @param path names the file in errors
 * @throws PipelineError INVALID_INPUT, with the line
 */
export function vectorsFromText(lines: Iterable<string>, path: string): VectorBlock {
  const sums = new Map<string, Float64Array>();
  let dimensions = 0;
  let number = 0;
  for (const raw of lines) {
    number++;
    const line = raw.trim();
    if (line === '' || (number === 1 && header.test(line))) continue;
    if (number > mostLines) break;
    const [word = '', ...rest] = line.split(' ');
    if (dimensions === 0) dimensions = rest.length;
    if (dimensions < 2 || dimensions > mostDimensions)
      throw malformed(
        path,
        number,
        `a word has ${dimensions} numbers, between 2 and ${mostDimensions} are expected`,
      );
    const values = rest.map(Number);
    if (values.length !== dimensions || values.some((value) => !Number.isFinite(value)))
      throw malformed(path, number, `${dimensions} numbers are expected after the word`);
    const [stem, ...more] = words(word);
    if (stem === undefined || more.length > 0) continue;
    const sum = sums.get(stem) ?? new Float64Array(dimensions);
    for (let k = 0; k < dimensions; k++) sum[k] = (sum[k] ?? 0) + (values[k] ?? 0) / (number + frequentWords);
    sums.set(stem, sum);
  }
  if (sums.size === 0) throw malformed(path, number, 'it holds no words');
  const data = new Int8Array(sums.size * dimensions);
  for (const [row, sum] of [...sums.values()].entries()) {
    const largest = sum.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
    for (let k = 0; k < dimensions; k++)
      data[row * dimensions + k] = Math.round((127 * (sum[k] ?? 0)) / largest);
  }
  const none = new Array<number>(dimensions).fill(0);
  return {
    dimensions,
    rows: new Map([...sums.keys()].map((stem, row) => [stem, row])),
    data,
    centre: none,
    axis: none,
  };
}
