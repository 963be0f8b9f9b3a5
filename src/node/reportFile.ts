import { PipelineError } from '../core/errors';
import { writeFileAtomically } from './atomicFile';
import { Breath } from './breath';

async function bytesOf(pieces: Iterable<string>): Promise<Buffer> {
  const breath = new Breath();
  const parts: Buffer[] = [];
  for (const piece of pieces) {
    parts.push(Buffer.from(piece, 'utf8'));
    if (breath.isDue) await breath.take();
  }
  return Buffer.concat(parts);
}

/** Writes a report that comes in pieces. @throws PipelineError STORAGE_FAILED; a former file is kept then. */
export async function writeReportFile(path: string, pieces: Iterable<string>): Promise<void> {
  const bytes = await bytesOf(pieces);
  try {
    await writeFileAtomically(path, bytes);
  } catch (error) {
    throw new PipelineError('STORAGE_FAILED', 'The report could not be written.', {
      subject: path,
      remedy: 'Name another file. Nothing was changed.',
      cause: error,
    });
  }
}
