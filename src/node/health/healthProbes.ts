import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { HealthProbes } from '../../core/health/healthCheck';
import { isPersonal } from '../../core/prompt/kinds/kindOf';
import { isMissing, reasonOf, storageError, systemCode } from '../errorsFromNode';
import { promptFilePath } from '../promptFileWriter';
import { personalPromptPath, userFolderOf } from '../userPrompts';

/**
 * Asks the file system.
 * @param root the workspace
 * @param home folder of the person
 */
export function openHealthProbes(root: string, home: string): Omit<HealthProbes, 'backups'> {
  const workspace = resolve(root);
  return {
    async diskSpace() {
      try {
        const { bavail, blocks, bsize } = await statfs(await nearestFolder(join(workspace, '.claude-pm')));
        return { free: bavail * bsize, total: blocks * bsize };
      } catch (cause) {
        throw storageError(cause, 'ask for the free space of', workspace);
      }
    },
    async changedAt(path) {
      try {
        return (await stat(path)).mtimeMs;
      } catch (cause) {
        // It went, or may not be looked at: the source itself tells of that.
        if (systemCode(cause) === undefined) throw cause;
        return undefined;
      }
    },
    async unwritable(path) {
      const target = isPersonal(path)
        ? await personalPromptPath(userFolderOf(process.env, home), path)
        : await promptFilePath(workspace, path);
      return reasonAgainstWriting(target);
    },
  };
}

/** A deployment writes a file beside the target and renames it: both must be allowed. */
async function reasonAgainstWriting(path: string): Promise<string | undefined> {
  try {
    const target = await realpath(path);
    await access(target, constants.W_OK);
    const probe = join(dirname(target), `.${randomUUID()}.tmp`);
    const handle = await open(probe, 'wx');
    await handle.close();
    await rm(probe);
    return undefined;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    if (systemCode(cause) === undefined) throw cause;
    return reasonOf(cause);
  }
}

async function nearestFolder(path: string): Promise<string> {
  for (let current = path; ; current = dirname(current)) {
    try {
      return await realpath(current);
    } catch (cause) {
      if (!isMissing(cause) || dirname(current) === current) throw cause;
    }
  }
}
