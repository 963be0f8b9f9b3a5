import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from './atomicFile';
import { storageError, systemCode } from './errorsFromNode';
import { nodeHash } from './systemPorts';

/**
 * Remembers in the person's own folder for which workspaces they let their own prompts be managed. It is not kept with the workspace's
 * records: those may come from somebody else, with the repository.
 * @param home folder of the person
 */
export function personalConsent(root: string, home: string) {
  const folder = join(home, '.claude-pm', 'personal-prompts');
  const path = join(folder, nodeHash.sha256(resolve(root)));
  return {
    /** Held while one of the person's own prompts is written, from whichever workspace. There once consent is given. */
    lock: join(folder, 'lock'),
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
        await writeFileAtomically(path, `${resolve(root)}\n`, { mode: 0o600 });
      } catch (cause) {
        throw storageError(cause, 'write', path);
      }
    },
  };
}
