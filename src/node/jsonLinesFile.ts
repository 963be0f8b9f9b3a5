import { writeFile } from 'node:fs/promises';
import { PipelineError } from '../core/errors';

const batchLength = 1 << 18;

function* batches(values: Iterable<unknown>): Generator<Uint8Array> {
  let text = '';
  for (const value of values) {
    text += `${JSON.stringify(value)}\n`;
    if (text.length < batchLength) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** Writes one line of JSON for each value, batch by batch. @throws PipelineError STORAGE_FAILED */
export async function writeJsonLines(path: string, values: Iterable<unknown>): Promise<void> {
  try {
    await writeFile(path, batches(values));
  } catch (cause) {
    throw new PipelineError('STORAGE_FAILED', 'The assignments could not be written.', {
      subject: path,
      remedy: 'Name another file with --assignments. Nothing else was changed.',
      cause,
    });
  }
}
