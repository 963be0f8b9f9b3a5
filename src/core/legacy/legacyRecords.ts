import type { Skipped } from '../ports';
import {
  type LegacyEntry,
  type LegacyImprovement,
  type LegacyVersion,
  readLegacyImprovement,
  readLegacyRegistry,
  readLegacyVersion,
} from './legacySchemas';
import { legacyTime } from './legacyTime';

/** What a file that the prototype wrote is for, by its place. */
export type LegacyKind = 'version' | 'registry' | 'improvement' | 'execution' | 'other';

export interface LegacyFile {
  readonly path: string;
  readonly kind: LegacyKind;
  /** What the file holds as JSON, or why it holds none. */
  readonly reading:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly line: number; readonly reason: string };
  /** ISO 8601, when it was written last. */
  readonly changedAt: string;
}

export interface LegacyFiles {
  readonly files: readonly LegacyFile[];
  readonly skipped: readonly Skipped[];
}

/** The files of the prototype below its folders, in the order of their paths. */
export interface LegacyFolders {
  read(place: string | undefined): Promise<LegacyFiles>;
}

export interface LegacySummary {
  readonly templates: { readonly found: number; readonly new: number };
  readonly versions: { readonly found: number; readonly new: number };
  /** `linked`: those whose text an imported version holds. */
  readonly improvements: { readonly found: number; readonly linked: number };
  readonly executions: { readonly found: number };
  /** Other files of the prototype that were recognised: validations, metrics. */
  readonly otherFiles: number;
  /** Sentences: what was not taken over, and why. */
  readonly notTaken: readonly string[];
  readonly skipped: readonly Skipped[];
}

export interface PlacedVersion {
  readonly record: LegacyVersion;
  readonly path: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

export interface SortedLegacy {
  /** The oldest first. */
  readonly versions: readonly PlacedVersion[];
  readonly entries: ReadonlyMap<string, LegacyEntry>;
  readonly registryPath: string;
  readonly improvements: readonly LegacyImprovement[];
  readonly executions: number;
  readonly otherFiles: number;
  readonly skipped: readonly Skipped[];
}

/** Reads every file by its kind; what cannot be read is named. */
export function sortLegacyFiles({ files, skipped: before }: LegacyFiles): SortedLegacy {
  const skipped: Skipped[] = [...before];
  const versions: PlacedVersion[] = [];
  const entries = new Map<string, LegacyEntry>();
  const improvements: LegacyImprovement[] = [];
  let registryPath = '';
  let executions = 0;
  let otherFiles = 0;
  for (const { path, kind, reading, changedAt } of files) {
    if (!reading.ok) {
      if (kind === 'execution') executions += 1;
      skipped.push({ path, line: reading.line, reason: `a file of the prototype: ${reading.reason}` });
      continue;
    }
    const skip = (reason: string) => skipped.push({ path, line: 0, reason });
    if (kind === 'version') {
      const record = readLegacyVersion(reading.value);
      if (typeof record === 'string') skip(record);
      else if (/\p{Surrogate}/u.test(record.content))
        skip('content holds half a character, which is no text');
      else versions.push({ record, path, at: legacyTime(record.timestamp, changedAt) });
    } else if (kind === 'registry') {
      const found = readLegacyRegistry(reading.value);
      if (found === undefined) skip('no registry in it');
      else registryPath = path;
      for (const [id, entry] of found ?? []) if (!entries.has(id)) entries.set(id, entry);
    } else if (kind === 'improvement') {
      const improvement = readLegacyImprovement(reading.value);
      if (improvement === undefined)
        skip('improvement_id or improved_prompt is missing or of the wrong kind');
      else improvements.push(improvement);
    } else if (kind === 'execution') executions += 1;
    else otherFiles += 1;
  }
  versions.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.path < b.path ? -1 : 1));
  return { versions, entries, registryPath, improvements, executions, otherFiles, skipped };
}
