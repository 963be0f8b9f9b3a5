import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../core/errors';
import type { WordKnowledge } from '../core/ports';
import { vectorsFromText } from '../core/text/vectorText';
import { readWordVectors, type WordVectors } from '../core/text/wordVectors';
import { isMissing, storageError } from './errorsFromNode';
import { linesOfFile } from './linesOfFile';

const name = 'wordVectors.bin';
/** Where the table lies as seen from a bundle, from the source, and from bundles of the tests. */
const places = ['..', '../..', '../../..'].map((folder) => join(__dirname, folder, 'media', name));

let table: Promise<WordVectors> | undefined;

async function readTable(): Promise<WordVectors> {
  for (const place of places) {
    try {
      return readWordVectors(new Uint8Array(await readFile(place)));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  throw new PipelineError('NOT_FOUND', 'The table of word vectors is missing.', {
    subject: name,
    remedy: 'Install the extension again.',
  });
}

function* textsOf(file: number): Generator<string> {
  for (const { text } of linesOfFile(file)) yield text;
}

/** The person's own table takes the place of that of English at large; that of talk with agents stays. */
function withOwn({ blocks }: WordVectors, path: string): WordVectors {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    if (!isMissing(cause)) throw storageError(cause, 'read', path);
    throw new PipelineError('NOT_FOUND', `There is no file ${path}.`, {
      subject: path,
      remedy: 'Check the setting wordVectors, or leave it empty.',
      cause,
    });
  }
  try {
    return { blocks: [vectorsFromText(textsOf(file), path), ...blocks.slice(1)] };
  } finally {
    closeSync(file);
  }
}

/**
 * The table of word vectors that comes with the product, read on first use and then kept.
 * @param own a text file of word vectors to use instead of the general ones
 */
export function openWordKnowledge(own?: string): WordKnowledge {
  let joined: Promise<WordVectors> | undefined;
  return {
    load: () => {
      table ??= readTable();
      if (own === undefined) return table;
      joined ??= table.then((vectors) => withOwn(vectors, own));
      return joined;
    },
  };
}
