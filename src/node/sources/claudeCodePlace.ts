import path from 'node:path';
import type { Skipped } from '../../core/ports';
import { entriesOrSkip } from './transcriptFiles';

/** Longer encoded names are cut here by the tool, and a hash follows. */
const longestName = 200;

/** Name of a project's folder among Claude Code's: every UTF-16 unit of the path that is no letter or digit becomes `-`. */
export function encodedProject(workingDirectory: string): string {
  return workingDirectory.replace(/[^a-zA-Z0-9]/g, '-');
}

/**
 * Folders in which Claude Code keeps the transcripts of a workspace, sorted. The hash behind a cut name differs between
 * builds of the tool, so for those every folder with the same beginning is given and the transcripts' own working
 * directory has to decide. A folder that may not be read is added to `skipped`.
 */
export async function projectFolders(
  projects: string,
  workspace: string,
  skipped: Skipped[],
): Promise<readonly string[]> {
  // Some versions compose the accents of the path first, others take it as it is.
  const names = [...new Set([workspace.normalize('NFC'), workspace].map(encodedProject))];
  const [name = ''] = names;
  if (name.length <= longestName) return names.map((each) => path.join(projects, each));
  const beginning = `${name.slice(0, longestName)}-`;
  const entries = await entriesOrSkip(projects, skipped);
  return entries
    .map((entry) => entry.name)
    .filter((found) => found.startsWith(beginning))
    .sort()
    .map((found) => path.join(projects, found));
}
