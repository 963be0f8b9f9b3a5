import { PipelineError } from '../errors';

/** Word vectors of one origin, one row of 8-bit numbers a stem; rows are directions, their lengths mean nothing. */
export interface VectorBlock {
  readonly dimensions: number;
  readonly rows: ReadonlyMap<string, number>;
  readonly data: Int8Array;
  /** Mean of the unit vectors of sentences at large, and the direction in which those vary most. */
  readonly centre: readonly number[];
  readonly axis: readonly number[];
}

/** What a word means, apart from what the texts at hand teach: a block each for English and for talk with coding agents. */
export interface WordVectors {
  readonly blocks: readonly VectorBlock[];
}

export const noWordVectors: WordVectors = { blocks: [] };

interface Head {
  readonly blocks: readonly {
    readonly dimensions: number;
    readonly stems: number;
    readonly centre: readonly number[];
    readonly axis: readonly number[];
  }[];
}

const newline = 10;

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null || !('blocks' in value) || !Array.isArray(value.blocks))
    return false;
  return value.blocks.every(
    (block: unknown) =>
      typeof block === 'object' &&
      block !== null &&
      'dimensions' in block &&
      'stems' in block &&
      'centre' in block &&
      'axis' in block &&
      Array.isArray(block.centre) &&
      Array.isArray(block.axis) &&
      block.centre.length === block.dimensions &&
      block.axis.length === block.dimensions,
  );
}

function damaged(what: string): PipelineError {
  return new PipelineError('INVALID_INPUT', `The table of word vectors cannot be read: ${what}.`, {
    subject: 'wordVectors.bin',
    remedy: 'Install the extension again.',
  });
}

/**
 * Reads the table that `npm run distill` makes: a line of JSON that describes the blocks, for each block a line of its stems
 * (separated by spaces), then for each block its rows, one signed byte a number.
 * @throws PipelineError INVALID_INPUT
 */
export function readWordVectors(bytes: Uint8Array): WordVectors {
  const decoder = new TextDecoder();
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf(newline, at);
    if (end < 0) throw damaged('it ends early');
    const text = decoder.decode(bytes.subarray(at, end));
    at = end + 1;
    return text;
  };
  const first = line();
  let head: unknown;
  try {
    head = JSON.parse(first);
  } catch {
    throw damaged('its first line is no JSON');
  }
  if (!isHead(head)) throw damaged('its first line does not describe it');
  const stems = head.blocks.map(() => line().split(' '));
  const blocks = head.blocks.map((block, index): VectorBlock => {
    const own = stems[index] ?? [];
    const size = own.length * block.dimensions;
    if (own.length !== block.stems || at + size > bytes.length) throw damaged('it is not complete');
    const data = new Int8Array(bytes.buffer, bytes.byteOffset + at, size);
    at += size;
    return {
      dimensions: block.dimensions,
      rows: new Map(own.map((stem, row) => [stem, row])),
      data,
      centre: block.centre,
      axis: block.axis,
    };
  });
  return { blocks };
}
