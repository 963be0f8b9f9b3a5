import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Log } from '../core/ports';
import { systemCode } from './errorsFromNode';
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

/** Contents that are kept, since many ask for the same few. */
const mostContents = 32;

/**
 * One repository, as its HEAD tells it. Answers are kept until HEAD moves: what happened since some time costs one process
 * for all files, a file's whole history one process a file, contents one process for all.
 */
export class GitRepository {
  readonly #blobs: GitBlobs;
  readonly #contents = new Map<string, Promise<Buffer | undefined>>();
  #folders: GitFolders | undefined;
  #state: string | undefined;
  #journal: Journal | undefined;
  #histories = new Map<string, Promise<readonly FileChange[]>>();
  #told = false;

  /**
   * @param top real path of the folder that holds `.git`
   * @param scope of it, what is asked for: relative to it, '' for all
   */
  constructor(
    readonly top: string,
    readonly scope: string,
    private readonly log: Log,
  ) {
    this.#blobs = new GitBlobs(top, longestFile);
  }

  /** What was done to a file by commits written after `since` (milliseconds), the newest first. */
  async changesSince(file: string, since: number): Promise<readonly FileChange[]> {
    this.#follow();
    if (!this.#journal || since < this.#journal.since) this.#journal = this.#read(since, this.#journal);
    const changes = await this.#journal.changes;
    return (changes.get(this.#pathOf(file)) ?? []).filter(({ time }) => time > since);
  }

  /** All that was done to a file, the newest first. */
  async history(file: string): Promise<readonly FileChange[]> {
    this.#follow();
    const path = this.#pathOf(file);
    const known = this.#histories.get(path);
    if (known) return known;
    const history = this.#ask(['HEAD', '--', path]).then((changes) =>
      (changes ?? []).filter((each) => each.path === path),
    );
    this.#histories.set(path, history);
    return history;
  }

  content(blob: string): Promise<Buffer | undefined> {
    const content = this.#contents.get(blob) ?? this.#blobs.read(blob);
    this.#contents.set(blob, content);
    const [oldest] = this.#contents.keys();
    if (this.#contents.size > mostContents && oldest !== undefined) this.#contents.delete(oldest);
    return content;
  }

  /** Of the last commit. */
  lastContent(file: string): Promise<Buffer | undefined> {
    return this.#blobs.read(`HEAD:${this.#pathOf(file)}`);
  }

  #pathOf(file: string): string {
    return relative(this.top, file).replaceAll(sep, '/');
  }

  /**
   * Half as far back again as was asked, so that going further and further back reads only a few times. Where that is too
   * much for git, what was known before remains.
   */
  #read(since: number, former: Journal | undefined): Journal {
    const start = since - Math.max(dayInMs, (Date.now() - since) / 2);
    const from = new Date(Math.max(0, start)).toISOString();
    // Git compares the time of the commit, which is not before that of the writing.
    const scope = this.scope === '' ? [] : [this.scope];
    const changes = this.#ask([`--since=${from}`, 'HEAD', '--', ...scope]).then((found) =>
      found === undefined && former ? former.changes : byPath(found ?? []),
    );
    return { since: start, changes };
  }

  /** `undefined` where git does not answer: there is none, it takes too long, or nothing was committed yet. */
  async #ask(rest: readonly string[]): Promise<readonly FileChange[] | undefined> {
    try {
      return readChanges(await askGit(this.top, [...changesArguments, ...rest]));
    } catch (error) {
      if (!this.#told) this.log.debug(`What git knows of ${this.top} is left aside: ${String(error)}`);
      this.#told = true;
      return undefined;
    }
  }

  /** Forgets what it knows when HEAD has moved. That is told by a few files, without a process. */
  #follow(): void {
    this.#folders ??= foldersOf(join(this.top, '.git'));
    const state = stateOf(this.#folders);
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

interface GitFolders {
  /** Of the working tree. */
  readonly own: string;
  /** Of all working trees of the repository. */
  readonly common: string;
}

/** `.git` is the folder itself, or a file that names it (a worktree, a submodule). */
function foldersOf(dotGit: string): GitFolders {
  const link = /^gitdir: (.+)/.exec(textOf(dotGit))?.[1];
  const own = link === undefined ? dotGit : resolve(dirname(dotGit), link.trim());
  const common = textOf(join(own, 'commondir')).trim();
  return { own, common: common === '' ? own : resolve(own, common) };
}

/**
 * Changes whenever HEAD does: what stands in HEAD, and size and time of the files in which git keeps where it points. Asked
 * for each file of an import, and so without a process, and without waiting.
 */
function stateOf({ own, common }: GitFolders): string {
  const head = textOf(join(own, 'HEAD'));
  const branch = /^ref: (refs\/[^\n]+)/.exec(head)?.[1];
  const files = [
    join(own, 'logs', 'HEAD'),
    join(common, 'packed-refs'),
    join(common, 'reftable', 'tables.list'),
    ...(branch === undefined ? [] : [join(common, branch)]),
  ];
  return [head, ...files.map(stampOf)].join('|');
}

/** Of a file that need not be there: each kind of repository has some of them. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return '';
  }
}

function stampOf(file: string): string {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined ? '-' : `${stats.size}:${stats.mtimeMs}`;
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return '-';
  }
}
