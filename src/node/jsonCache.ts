import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cache } from '../core/ports';
import { cacheName, ensureCache } from './cacheFolder';
import { isMissing, storageError } from './errorsFromNode';
import { readJson } from './jsonText';
import { nodeHash } from './systemPorts';

/**
 * Derived data as JSON files below `.cache/`, named by the hash of their key. Written by rename, not flushed: what a loss of
 * power takes is made again. The calls are synchronous, since an import makes many small ones, and waiting for each takes
 * longer than doing it.
 * @param folder the `.claude-pm/` folder
 */
export function openJsonCache(folder: string): Cache {
  const pathOf = (area: string, key: string) =>
    join(folder, cacheName, area, `${nodeHash.sha256(key).slice(0, 32)}.json`);
  return {
    read: async (area, key) => {
      const path = pathOf(area, key);
      // The first import asks for every transcript in vain; an error for each would cost more than this question.
      if (!existsSync(path)) return undefined;
      try {
        const json = readJson(readFileSync(path, 'utf8'));
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
        if (!existsSync(dirname(path))) {
          ensureCache(folder);
          mkdirSync(dirname(path), { recursive: true });
        }
        writeFileSync(temporary, JSON.stringify(value));
        renameSync(temporary, path);
      } catch (cause) {
        rmSync(temporary, { force: true });
        throw storageError(cause, 'write', path);
      }
    },
    clear: async (area) => {
      const path = join(folder, cacheName, area);
      try {
        rmSync(path, { recursive: true, force: true });
      } catch (cause) {
        throw storageError(cause, 'delete', path);
      }
    },
  };
}
