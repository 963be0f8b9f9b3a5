import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, sep } from 'node:path';
import type { PromptFile } from '../core/ports';
import { systemCode } from './errorsFromNode';
import { decodeUtf8 } from './jsonText';
import { frontmatterName } from './promptAgentName';

/** Folders within folders that are looked into: the person may have linked them in a circle. */
const deepest = 5;

/** Where Claude Code keeps what is the person's own. */
export function userFolderOf(environment: NodeJS.ProcessEnv = process.env, home = homedir()): string {
  return environment['CLAUDE_CONFIG_DIR'] || join(home, '.claude');
}

type UserPrompt = Pick<PromptFile, 'path' | 'agentType'>;

/**
 * The person's own prompts: `CLAUDE.md` for the main thread, and each agent below `agents/` by its name. Sorted by path,
 * with forward slashes. What may not be read is left out.
 */
export async function findUserPrompts(folder: string): Promise<readonly UserPrompt[]> {
  const memory = join(folder, 'CLAUDE.md');
  const found: UserPrompt[] = (await isFile(memory)) ? [{ path: shown(memory), agentType: 'main' }] : [];
  for (const file of await markdownIn(join(folder, 'agents'), deepest)) {
    const bytes = await orNothing(readFile(file));
    const text = bytes && decodeUtf8(bytes);
    const name = text === undefined ? undefined : frontmatterName(text).name;
    found.push({ path: shown(file), agentType: name ?? basename(file, '.md') });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function markdownIn(folder: string, depth: number): Promise<readonly string[]> {
  const entries: Dirent[] = (await orNothing(readdir(folder, { withFileTypes: true }))) ?? [];
  const files: string[] = [];
  for (const { name } of entries) {
    const path = join(folder, name);
    if (name.endsWith('.md') && (await isFile(path))) files.push(path);
    else if (depth > 1 && !name.includes('.')) files.push(...(await markdownIn(path, depth - 1)));
  }
  return files;
}

async function isFile(path: string): Promise<boolean> {
  return (await orNothing(stat(path)))?.isFile() === true;
}

async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return undefined;
  }
}

function shown(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
