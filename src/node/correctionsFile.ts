import { readFile } from 'node:fs/promises';
import { readCorrections } from '../core/capture/readCorrections';
import { PipelineError } from '../core/errors';
import type { Correction } from '../core/model/correction';
import type { Listing } from '../core/ports';
import { isMissing, storageError } from './errorsFromNode';
import { nodeHash } from './systemPorts';

/**
 * Reads corrections as JSON Lines. Lines that cannot be read are in `skipped`.
 * @param now time of corrections that bear none
 * @throws PipelineError NOT_FOUND, PERMISSION_DENIED, STORAGE_FAILED
 */
export async function readCorrectionsFile(path: string, now: Date): Promise<Listing<Correction>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (!isMissing(cause)) throw storageError(cause, 'read', path);
    throw new PipelineError('NOT_FOUND', `There is no file ${path}.`, {
      subject: path,
      remedy: 'Check the path given to --corrections.',
      cause,
    });
  }
  return readCorrections(text, path, { clock: { now: () => now }, hash: nodeHash });
}
