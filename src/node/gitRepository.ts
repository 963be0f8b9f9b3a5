import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Log } from '../core/ports';
import { GitBlobs } from './gitBlobs';
import { changesArguments, type FileChange, readChanges } from './gitLog';
import { askGit } from './gitProgram';

const dayInMs = 86_400_000;
/** Bytes of a content that is still looked at. */
export const longestFile = 1024 * 1024;

/** Changes of the whole repository back to a time, by path, the newest first. */
interface Journal {
  readonly since: number;
  readonly changes: Promise<ReadonlyMap<string, readonly FileChange[]>>;
}

/**
 * One repository, as its HEAD tells it. Answers are kept until HEAD moves: what happened since some time costs one process
 * for all files, a file's whole history one process a file, contents one process for all.
 */
export class GitRepository {
  readonly #blobs: GitBlobs;
  #state: string | undefined;
  #journal: Journal | undefined;
  #histories = new Map<string, Promise<readonly FileChange[]>>();
  #told = false;

  /** @param top real path of the folder that holds `.git` */
  constructor(
    readonly top: string,
    private readonly log: Log,
  ) {
    this.#blobs = new GitBlobs(top, longestFile);
  }

  /** What was done to a file by commits written after `since` (milliseconds), the newest first. */
  async changesSince(file: string, since: number): Promise<readonly FileChange[]> {
    await this.#follow();
    if (!this.#journal || since < this.#journal.since) this.#journal = this.#read(since);
    const changes = await this.#journal.changes;
    return (changes.get(this.#pathOf(file)) ?? []).filter(({ time }) => time > since);
  }

  /** All that was done to a file, the newest first. */
  async history(file: string): Promise<readonly FileChange[]> {
    await this.#follow();
    const path = this.#pathOf(file);
    const known = this.#histories.get(path);
    if (known) return known;
    const history = this.#ask(['HEAD', '--', path]).then((changes) =>
      changes.filter((each) => each.path === path),
    );
    this.#histories.set(path, history);
    return history;
  }

  content(blob: string): Promise<Buffer | undefined> {
    return this.#blobs.read(blob);
  }

  /** Of the last commit. */
  lastContent(file: string): Promise<Buffer | undefined> {
    return this.#blobs.read(`HEAD:${this.#pathOf(file)}`);
  }

  #pathOf(file: string): string {
    return relative(this.top, file).replaceAll(sep, '/');
  }

  /** Twice as far back as was asked, so that going further and further back reads only a few times. */
  #read(since: number): Journal {
    const age = Math.max(dayInMs, Date.now() - since);
    const start = since - age;
    const from = new Date(Math.max(0, start)).toISOString();
    // Git compares the time of the commit, which is not before that of the writing.
    const changes = this.#ask([`--since=${from}`, 'HEAD', '--']).then(byPath);
    return { since: start, changes };
  }

  async #ask(rest: readonly string[]): Promise<readonly FileChange[]> {
    try {
      return readChanges(await askGit(this.top, [...changesArguments, ...rest]));
    } catch (error) {
      if (!this.#told) this.log.debug(`What git knows of ${this.top} is left aside: ${String(error)}`);
      this.#told = true;
      return [];
    }
  }

  /** Forgets what it knows when HEAD has moved. That is told by a few files, without a process. */
  async #follow(): Promise<void> {
    const state = await stateOf(join(this.top, '.git'));
    if (state === this.#state) return;
    this.#state = state;
    this.#journal = undefined;
    this.#histories = new Map();
  }
}

function byPath(changes: readonly FileChange[]): ReadonlyMap<string, readonly FileChange[]> {
  const result = new Map<string, FileChange[]>();
  for (const change of changes) {
    const known = result.get(change.path);
    if (known) known.push(change);
    else result.set(change.path, [change]);
  }
  return result;
}

/** Changes whenever HEAD does: size and time of the files in which git keeps it, and what stands in HEAD. */
async function stateOf(dotGit: string): Promise<string> {
  const own = await linkedFolder(dotGit);
  const link = await textOf(join(own, 'commondir'));
  const common = link === undefined ? own : resolve(own, link.trim());
  const head = (await textOf(join(own, 'HEAD'))) ?? '';
  const branch = /^ref: (refs\/[^\n]+)/.exec(head)?.[1];
  const files = [
    join(own, 'logs', 'HEAD'),
    join(common, 'packed-refs'),
    join(common, 'reftable', 'tables.list'),
    ...(branch === undefined ? [] : [join(common, branch)]),
  ];
  return [head, ...(await Promise.all(files.map(stampOf)))].join('|');
}

/** `.git` is the folder itself, or a file that names it (a worktree, a submodule). */
async function linkedFolder(dotGit: string): Promise<string> {
  const link = /^gitdir: (.+)/.exec((await textOf(dotGit)) ?? '')?.[1];
  return link === undefined ? dotGit : resolve(dirname(dotGit), link.trim());
}

/** Of a file that need not be there: each kind of repository has some of them. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ size, mtimeMs }) => `${size}:${mtimeMs}`,
    () => '-',
  );
}
