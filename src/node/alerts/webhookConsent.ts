import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../atomicFile';
import { storageError, systemCode } from '../errorsFromNode';
import { nodeHash } from '../systemPorts';

/**
 * Remembers in the person's own folder which addresses a workspace may send alerts to. Not with the workspace: its configuration may come
 * from somebody else, with the repository. Another address, or the same from another workspace, is asked for again.
 * @param home folder of the person
 */
export function webhookConsent(root: string, home: string, address: URL) {
  const folder = join(home, '.claude-pm', 'webhooks');
  const path = join(folder, nodeHash.sha256(JSON.stringify([resolve(root), address.href])));
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
        await writeFileAtomically(path, `${resolve(root)}\n${address.origin}\n`, { mode: 0o600 });
      } catch (cause) {
        throw storageError(cause, 'write', path);
      }
    },
  };
}
