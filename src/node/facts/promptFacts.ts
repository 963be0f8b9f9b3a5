import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DefinedCommands, PromptFacts } from '../../core/lint/promptFacts';
import { isMissing, storageError } from '../errorsFromNode';
import { askGit } from '../gitProgram';
import { decodeUtf8 } from '../jsonText';
import { readJustfile, readMakefile, readPackageJson } from './definedCommands';
import { type FileTree, listFiles } from './fileTree';
import { movedFile } from './movedFile';

/** What builds and tools make, whether or not version control knows of it. */
const generated =
  /(?:^|\/)(?:dist|build|out|target|coverage|node_modules|vendor|tmp|temp|logs?|\.env[^/]*|\.venv|venv|__pycache__|\.next|\.cache|\.git)(?:\/|$)|\.local\.|\.log$/;

/** Of one kind; a workspace with more is not known well enough to say that something is missing. */
const mostFiles = 300;

/**
 * Looks at the workspace when it is asked, and keeps the answers: make a new one for a new check. Its questions throw
 * PipelineError PERMISSION_DENIED, STORAGE_FAILED.
 */
export function openPromptFacts(root: string): PromptFacts {
  let tree: Promise<FileTree> | undefined;
  const files = (): Promise<FileTree> => {
    tree ??= listFiles(root);
    return tree;
  };
  const kept = new Map<Reader, Promise<readonly DefinedCommands[]>>();
  const commands = (pattern: RegExp, read: Reader) => {
    const known = kept.get(read) ?? files().then((listed) => readAll(root, listed, pattern, read));
    kept.set(read, known);
    return known;
  };
  return {
    has: async (path) => (await files()).has(path) || (await stands(join(root, path))),
    hasLike: async (path) => !(await files()).complete || (await files()).hasLike(path),
    isIgnored: async (path) => generated.test(path) || (await isIgnoredByGit(root, path)),
    named: async (baseName) => (await files()).named(baseName),
    movedTo: async (path) => movedFile(root, path, await files()),
    packageScripts: () => commands(/(?:^|\/)package\.json$/, readPackageJson),
    makeTargets: () => commands(/(?:^|\/)(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)$/, readMakefile),
    justRecipes: () => commands(/(?:^|\/)\.?justfile$|\.just$/i, readJustfile),
  };
}

type Reader = (path: string, text: string) => DefinedCommands;

async function readAll(
  root: string,
  tree: FileTree,
  pattern: RegExp,
  read: Reader,
): Promise<DefinedCommands[]> {
  const paths = tree.paths.filter((path) => pattern.test(path));
  if (paths.length > mostFiles || !tree.complete) return [];
  const found: DefinedCommands[] = [];
  for (const path of paths) {
    const text = await textOf(join(root, path));
    // What cannot be read may define anything.
    found.push(text === undefined ? { path, names: new Set(), open: true } : read(path, text));
  }
  return found;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return decodeUtf8(await readFile(file));
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', file);
  }
}

async function stands(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw storageError(cause, 'look at', file);
  }
}

/** Without git, or for a path that it does not want to judge, the answer is no. */
async function isIgnoredByGit(root: string, path: string): Promise<boolean> {
  if (path.startsWith(':')) return false;
  return askGit(root, ['check-ignore', '--no-index', '--', path], { literal: false }).then(
    (answer) => answer.length > 0,
    () => false,
  );
}
