import { PipelineError } from '../core/errors';
import { writeFileAtomically } from './atomicFile';

/** Writes a report page. @throws PipelineError STORAGE_FAILED; a former page is kept then. */
export async function writeReportFile(path: string, page: string): Promise<void> {
  try {
    await writeFileAtomically(path, page);
  } catch (error) {
    throw new PipelineError('STORAGE_FAILED', 'The report could not be written.', {
      subject: path,
      remedy: 'Name another file with --out. Nothing was changed.',
      cause: error,
    });
  }
}
