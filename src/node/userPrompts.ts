import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { PipelineError } from '../core/errors';
import type { Listing, PromptFile, Skipped } from '../core/ports';
import { isPersonal, kindOf, personalRoot } from '../core/prompt/kinds/kindOf';
import { reasonOf, systemCode } from './errorsFromNode';
import { decodeUtf8 } from './jsonText';
import { frontmatterName } from './promptAgentName';
import { promptFilePath } from './promptFileWriter';

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

/**
 * The same with their bytes and the person's rules, named as their templates are. A link that leads out of the folder is named in
 * `skipped`: it is read by the tool, but nothing here writes there.
 */
export async function readPersonalPrompts(folder: string): Promise<Listing<PromptFile>> {
  const files = [join(folder, 'CLAUDE.md')];
  for (const name of ['agents', 'rules']) files.push(...(await markdownIn(join(folder, name), deepest)));
  const records: PromptFile[] = [];
  const skipped: Skipped[] = [];
  for (const file of files) {
    const path = personalRoot + shown(relative(folder, file));
    try {
      if (!(await isFile(file))) continue;
      const bytes = await readFile(await personalPromptPath(folder, path));
      records.push({ path, agentType: agentOf(path, bytes), bytes });
    } catch (cause) {
      if (!(cause instanceof PipelineError) && systemCode(cause) === undefined) throw cause;
      skipped.push({
        path,
        line: 0,
        reason: cause instanceof PipelineError ? cause.message : reasonOf(cause),
      });
    }
  }
  return { records: records.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

function agentOf(path: string, bytes: Uint8Array): string {
  const agent = kindOf(path)?.agent ?? 'main';
  if (typeof agent === 'string') return agent;
  const text = decodeUtf8(bytes);
  return (text === undefined ? undefined : frontmatterName(text).name) ?? basename(path, '.md');
}

/**
 * Absolute path of one of the person's own prompts, which need not exist.
 * @param path begins with `~/.claude/`
 * @throws PipelineError `UNSAFE_NAME` when it is no prompt there, or leads out of the folder, by itself or through a link
 */
export async function personalPromptPath(folder: string, path: string): Promise<string> {
  if (isPersonal(path) && kindOf(path) !== undefined) {
    return promptFilePath(folder, path.slice(personalRoot.length));
  }
  throw new PipelineError('UNSAFE_NAME', 'Only prompts are read and written in your own folder.', {
    subject: path.slice(0, 200).replace(/\p{Cc}/gu, '\uFFFD'),
    remedy:
      'Give ~/.claude/CLAUDE.md, or a file in ~/.claude/rules or ~/.claude/agents; nothing was read or written.',
  });
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
