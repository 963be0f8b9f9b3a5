import { askGit } from '../gitProgram';
import type { FileTree } from './fileTree';

/** A file may have been moved again; further than this nobody looks. */
const mostMoves = 3;

/** Where git says that a file was moved to, followed to where it is now. Without git: nowhere. */
export async function movedFile(root: string, path: string, tree: FileTree): Promise<string | undefined> {
  let at = path;
  for (let moves = 0; moves < mostMoves; moves++) {
    const next = await movedOnce(root, at);
    if (next === undefined) return undefined;
    if (tree.has(next)) return next;
    at = next;
  }
  return undefined;
}

async function movedOnce(root: string, path: string): Promise<string | undefined> {
  const lastGone = ['log', '-1', '--no-renames', '--diff-filter=D', '--format=%H', '--', path];
  const commit = await ask(root, lastGone);
  if (commit === undefined || commit.trim() === '') return undefined;
  const moves = await ask(root, [
    'show',
    '-M',
    '--relative',
    '--diff-filter=R',
    '--name-status',
    '-z',
    '--format=',
    commit.trim(),
  ]);
  const parts = (moves ?? '').split('\0');
  for (let index = 0; index + 2 < parts.length; index += 3) {
    if (parts[index + 1] === path) return parts[index + 2];
  }
  return undefined;
}

function ask(root: string, rest: readonly string[]): Promise<string | undefined> {
  return askGit(root, rest).then(
    (answer) => answer.toString('utf8'),
    () => undefined,
  );
}
