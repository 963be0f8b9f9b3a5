import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isLegacyFile } from '../core/legacy/legacyFile';
import type { LegacyFile, LegacyFiles, LegacyFolders, LegacyKind } from '../core/legacy/legacyRecords';
import type { Skipped } from '../core/ports';
import { isMissing, reasonOf, systemCode } from './errorsFromNode';
import { displayPath } from './folders';
import { decodeUtf8, readJson } from './jsonText';

/** A prompt is some kilobytes; what is larger is no file of the prototype. */
const mostBytes = 8 * 1024 * 1024;

const places: readonly { readonly folder: string; readonly kind: LegacyKind }[] = [
  { folder: 'template_management', kind: 'registry' },
  { folder: 'template_management/templates', kind: 'other' },
  { folder: 'template_management/versions', kind: 'version' },
  { folder: 'prompt_improvement/improvements', kind: 'improvement' },
  { folder: 'prompt_improvement/metrics', kind: 'other' },
  { folder: 'prompt_validation/results', kind: 'other' },
  { folder: 'prompt_validation/reports', kind: 'other' },
  { folder: 'improvement_pipeline/executions', kind: 'execution' },
  { folder: 'improvement_pipeline/results', kind: 'execution' },
];
const registryName = 'template_registry.json';

/** Reads the prototype's files in the workspace and in the person's own folder; writes nothing. */
export function openLegacyFolders(root: string, home: string): LegacyFolders {
  return {
    async read(place) {
      const bases = place === undefined ? [root, home] : [resolve(root, place)];
      const folders = bases.map((base) =>
        basename(base) === '.claude-pm' ? base : join(base, '.claude-pm'),
      );
      const files: LegacyFile[] = [];
      const skipped: Skipped[] = [];
      for (const folder of new Set(folders)) {
        for (const { folder: below, kind } of places) {
          const read = await readFolder(root, join(folder, below), kind);
          files.push(...read.files);
          skipped.push(...read.skipped);
        }
      }
      return { files, skipped };
    },
  };
}

async function readFolder(root: string, folder: string, kind: LegacyKind): Promise<LegacyFiles> {
  const files: LegacyFile[] = [];
  const skipped: Skipped[] = [];
  const skip = (path: string, cause: unknown) => {
    if (systemCode(cause) === undefined) throw cause;
    if (!isMissing(cause)) skipped.push({ path: displayPath(root, path), line: 0, reason: reasonOf(cause) });
  };
  let names: readonly string[] = [];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map(({ name }) => name);
  } catch (cause) {
    if (systemCode(cause) !== 'ENOTDIR') skip(folder, cause);
  }
  for (const name of names.toSorted()) {
    const isRegistry = name === registryName;
    if (kind === 'registry' && !isRegistry) continue;
    const path = join(folder, name);
    try {
      const { size, mtime } = await stat(path);
      const shown = displayPath(root, path);
      if (size > mostBytes) {
        skipped.push({
          path: shown,
          line: 0,
          reason: 'is too large for a file of the prototype; it was not read',
        });
        continue;
      }
      const text = decodeUtf8(await readFile(path));
      if (text === undefined || !(isRegistry || isLegacyFile(text))) continue;
      files.push({
        path: shown,
        kind: isRegistry ? 'registry' : kind,
        reading: readJson(text),
        changedAt: mtime.toISOString(),
      });
    } catch (cause) {
      skip(path, cause);
    }
  }
  return { files, skipped };
}
