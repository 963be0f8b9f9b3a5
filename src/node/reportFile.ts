import { PipelineError } from '../core/errors';
import { writeFileAtomically } from './atomicFile';
import { Breath } from './breath';

/** Characters that are written at a time. */
const portion = 256 * 1024;

/** In portions, with pauses while they are made: a long history gives tens of megabytes. */
async function* portionsOf(pieces: Iterable<string>): AsyncGenerator<Buffer> {
  const breath = new Breath();
  let gathered: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    gathered.push(piece);
    length += piece.length;
    if (length >= portion) {
      yield Buffer.from(gathered.join(''), 'utf8');
      gathered = [];
      length = 0;
    }
    if (breath.isDue) await breath.take();
  }
  yield Buffer.from(gathered.join(''), 'utf8');
}

/** Writes a report that comes in pieces. @throws PipelineError STORAGE_FAILED; a former file is kept then. */
export async function writeReportFile(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    await writeFileAtomically(path, portionsOf(pieces));
  } catch (error) {
    throw new PipelineError('STORAGE_FAILED', 'The report could not be written.', {
      subject: path,
      remedy: 'Name another file. Nothing was changed.',
      cause: error,
    });
  }
}
