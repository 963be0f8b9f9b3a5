import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomicFile';
import { isMissing, storageError } from './errorsFromNode';

const begin = '# claude-pm: raw corrections, and records that quote them';
const end = '# claude-pm: end';

/** Folders whose records hold people's words, or an agent's. */
const quoting = [
  'training/',
  'pattern_analysis/',
  'prompt_improvement/',
  'prompt_validation/',
  'improvement_pipeline/',
];

/**
 * Keeps what quotes people out of git, or lets git see it: between two marks in `.claude-pm/.gitignore`, all else in that
 * file is the person's. Writes only what changes.
 * @param folder the `.claude-pm/` folder
 * @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED
 */
export async function updateGitIgnore(folder: string, share: boolean): Promise<void> {
  const path = join(folder, '.gitignore');
  try {
    const before = await textOf(path);
    const after = withBlock(before ?? '.cache/\n*.tmp\n', share);
    if (after === before) return;
    await mkdir(folder, { recursive: true });
    await writeFileAtomically(path, after);
  } catch (cause) {
    throw storageError(cause, 'write', path);
  }
}

function withBlock(text: string, share: boolean): string {
  const start = text.indexOf(`${begin}\n`);
  const stop = text.indexOf(`${end}\n`, start);
  const rest = start >= 0 && stop >= 0 ? text.slice(0, start) + text.slice(stop + end.length + 1) : text;
  if (share) return rest;
  const own = rest === '' || rest.endsWith('\n') ? rest : `${rest}\n`;
  return `${own}${begin}\n${quoting.join('\n')}\n${end}\n`;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}
