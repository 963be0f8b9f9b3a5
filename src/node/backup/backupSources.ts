import { join } from 'node:path';
import { isPromptPath } from '../../core/backup/archivePaths';
import { PipelineError } from '../../core/errors';
import type { Ports, Skipped } from '../../core/ports';
import { findFiles, readWhole } from './collectFiles';
import type { SourceFile } from './writeArchive';

/** What a backup holds: all records, and every prompt file of a template. @param root the workspace's `.claude-pm/` */
export async function backupSources(
  root: string,
  { store, promptFiles }: Pick<Ports, 'store' | 'promptFiles'>,
): Promise<{ sources: readonly SourceFile[]; skipped: readonly Skipped[] }> {
  const { paths, skipped } = await findFiles(root);
  const records = paths.map((path) => ({
    path: `records/${path}`,
    read: () => readWhole(join(root, ...path.split('/'))),
  }));
  const prompts: SourceFile[] = [];
  const templates = (await store.list('templates')).records;
  for (const path of [...new Set(templates.map((template) => template.path))].sort()) {
    if (!isPromptPath(path) || (await promptFiles.read(path)) === undefined) continue;
    prompts.push({ path: `prompts/${path}`, read: () => readPrompt(promptFiles, path) });
  }
  return { sources: [...prompts, ...records], skipped };
}

async function readPrompt(
  promptFiles: Pick<Ports['promptFiles'], 'read'>,
  path: string,
): Promise<Uint8Array> {
  const bytes = await promptFiles.read(path);
  if (bytes !== undefined) return bytes;
  throw new PipelineError('STORAGE_FAILED', `${path} went away while it was backed up.`, {
    subject: path,
    remedy: 'Back up again; no archive was written.',
  });
}
