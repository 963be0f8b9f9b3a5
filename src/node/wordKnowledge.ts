import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError } from '../core/errors';
import type { WordKnowledge } from '../core/ports';
import { readWordVectors, type WordVectors } from '../core/text/wordVectors';
import { isMissing } from './errorsFromNode';

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

/** The table of word vectors that comes with the product, read on first use and then kept. */
export function openWordKnowledge(): WordKnowledge {
  return {
    load: () => {
      table ??= readTable();
      return table;
    },
  };
}
