import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import type { Ports } from '../core/ports';
import { isMissing } from './errorsFromNode';
import { nodeHash } from './systemPorts';

/** Of a workspace what changing scenarios needs. */
interface Place {
  readonly root: string;
  readonly ports: Pick<Ports, 'access' | 'audit'>;
}

/**
 * Writes a file of scenarios, as the role of the person allows, and notes it. Without a workspace there are neither roles nor a log.
 * @param isNew refuses to write over a file that is there
 * @throws PipelineError FORBIDDEN; else the error of the file system
 */
export async function writeScenarios(
  place: Place | undefined,
  path: string,
  text: string,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<void> {
  await place?.ports.access?.require('scenarios.change');
  const before = await hashOf(path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: isNew ? 'wx' : 'w' });
  const after = nodeHash.sha256(text);
  await place?.ports.audit.record('scenarios.changed', shownName(place.root, path), {}, { before, after });
}

async function hashOf(path: string): Promise<string | null> {
  try {
    return nodeHash.sha256(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The log is shared: where else a person keeps files is not for it. */
function shownName(root: string, path: string): string {
  const inside = relative(root, path);
  const isOutside = inside.startsWith('..') || isAbsolute(inside);
  return isOutside ? basename(path) : inside.split(sep).join('/');
}
