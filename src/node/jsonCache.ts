import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from '../core/ports';
import { cacheName, ensureCache } from './cacheFolder';
import { isMissing, storageError } from './errorsFromNode';
import { readJson } from './jsonText';
import { nodeHash } from './systemPorts';

/**
 * Derived data as JSON files below `.cache/`, named by the hash of their key. Written by rename, not flushed: what a loss of
 * power takes is made again.
 * @param folder the `.claude-pm/` folder
 */
export function openJsonCache(folder: string): Cache {
  const pathOf = (area: string, key: string) =>
    join(folder, cacheName, area, `${nodeHash.sha256(key).slice(0, 32)}.json`);
  const prepared = new Map<string, Promise<unknown>>();
  const prepare = (area: string) => {
    ensureCache(folder);
    return mkdir(join(folder, cacheName, area), { recursive: true });
  };
  return {
    read: async (area, key) => {
      const path = pathOf(area, key);
      // The first import asks for every transcript in vain; an error for each would cost more than this question.
      if (!existsSync(path)) return undefined;
      try {
        const json = readJson(await readFile(path, 'utf8'));
        return json.ok ? json.value : undefined;
      } catch (cause) {
        if (isMissing(cause)) return undefined;
        throw storageError(cause, 'read', path);
      }
    },
    write: async (area, key, value) => {
      const path = pathOf(area, key);
      const temporary = `${path}.${randomUUID()}.tmp`;
      try {
        if (!prepared.has(area)) prepared.set(area, prepare(area));
        await prepared.get(area);
        await writeFile(temporary, JSON.stringify(value));
        await rename(temporary, path);
      } catch (cause) {
        // Somebody may have deleted the cache meanwhile: the next write makes its folder again.
        prepared.delete(area);
        await rm(temporary, { force: true });
        throw storageError(cause, 'write', path);
      }
    },
    clear: async (area) => {
      prepared.delete(area);
      const path = join(folder, cacheName, area);
      try {
        await rm(path, { recursive: true, force: true });
      } catch (cause) {
        throw storageError(cause, 'delete', path);
      }
    },
  };
}
