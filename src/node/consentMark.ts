import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomicFile';
import { storageError, systemCode } from './errorsFromNode';
import { nodeHash } from './systemPorts';

/**
 * A consent of the person, as a file of their own that only they can read.
 * @param folder absolute, in their home
 * @param subject what it is given for; its hash is the file's name
 * @param text for a person who looks
 */
export function consentMark(folder: string, subject: string, text: string) {
  const path = join(folder, nodeHash.sha256(subject));
  return {
    async given(): Promise<boolean> {
      try {
        return (await stat(path)).isFile();
      } catch (cause) {
        if (systemCode(cause) === undefined) throw cause;
        return false;
      }
    },
    /** @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED */
    async give(): Promise<void> {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFileAtomically(path, text, { mode: 0o600 });
      } catch (cause) {
        throw storageError(cause, 'write', path);
      }
    },
  };
}
