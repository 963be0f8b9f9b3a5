import { join } from 'node:path';
import type { ArchivedFile } from '../../core/backup/archivePaths';
import { onlyGrows } from '../../core/backup/restoreUnits';
import type { PromptFiles } from '../../core/ports';
import { nodeHash } from '../systemPorts';
import { readWhole } from './collectFiles';

/** What a restore changes; paths relative to the workspace. */
export interface RestoreChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** They are there now and not in the archive. */
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * @param root the `.claude-pm/` folder
 * @param present files there that a restore may replace, relative to it
 */
export async function compareFiles(
  root: string,
  { promptFiles }: { readonly promptFiles: Pick<PromptFiles, 'read'> },
  wanted: readonly ArchivedFile[],
  present: readonly string[],
): Promise<RestoreChanges> {
  const there = new Set(present);
  const added: string[] = [];
  const changed: string[] = [];
  let unchanged = 0;
  for (const { area, place, sha256 } of wanted) {
    const isRecord = area === 'records';
    const shown = isRecord ? `.claude-pm/${place}` : place;
    const bytes = isRecord
      ? there.delete(place)
        ? await readWhole(join(root, place))
        : undefined
      : await promptFiles.read(place);
    if (bytes === undefined) added.push(shown);
    else if ((isRecord && onlyGrows(place)) || nodeHash.sha256(bytes) === sha256) unchanged += 1;
    else changed.push(shown);
  }
  const removed = [...there].filter((path) => !onlyGrows(path)).map((path) => `.claude-pm/${path}`);
  return { added, changed, removed: removed.sort(), unchanged };
}
