import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PipelineError } from '../../core/errors';
import { reasonOf } from '../errorsFromNode';

const git = promisify(execFile);

/** A copy of a repository's last commit, with one file as it is given. */
export interface Worktree {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Git keeps one list of worktrees for a repository: those who add to it wait for each other. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work, work);
  turn = next.catch(() => undefined);
  return next;
}

/**
 * Checks HEAD of a repository out in a folder of its own and writes the file below it. The repository's own files stay as they are.
 * @throws PipelineError MODEL_FAILED where there is no commit or git does not do it, UNSAFE_NAME for a path that leads out
 */
export async function addWorktree(repository: string, path: string, text: string): Promise<Worktree> {
  const parent = await mkdtemp(join(tmpdir(), 'claude-pm-agent-'));
  const folder = join(parent, 'work');
  const remove = async () => {
    await inTurn(() => git('git', ['-C', repository, 'worktree', 'remove', '--force', folder])).catch(
      () => undefined,
    );
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    // What could not be removed by its name is forgotten by git once it is gone.
    await inTurn(() => git('git', ['-C', repository, 'worktree', 'prune'])).catch(() => undefined);
  };
  const target = resolve(folder, path);
  const within = relative(folder, target);
  if (within === '' || within.startsWith('..') || isAbsolute(within)) {
    await rm(parent, { recursive: true, force: true });
    throw new PipelineError('UNSAFE_NAME', `${path} does not lie in the repository.`, {
      subject: path,
      remedy: 'Give the prompt’s path relative to the repository.',
    });
  }
  try {
    await inTurn(() =>
      git('git', ['-C', repository, 'worktree', 'add', '--quiet', '--detach', folder, 'HEAD']),
    );
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    return { folder, remove };
  } catch (cause) {
    await remove();
    throw new PipelineError('MODEL_FAILED', `No worktree of ${repository} can be made: ${reasonOf(cause)}`, {
      subject: repository,
      remedy: 'The agent runs in a copy of the last commit: it takes a git repository with one.',
      cause,
    });
  }
}
