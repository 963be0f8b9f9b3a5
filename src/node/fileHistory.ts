import { readFile, stat } from 'node:fs/promises';
import type { FileHistory, FileRevision, Log } from '../core/ports';
import { systemCode } from './errorsFromNode';
import { FileHistoryPlaces } from './fileHistoryPlaces';
import { GitRepository, longestFile } from './gitRepository';
import { nullLog } from './systemPorts';
import { userFolderOf } from './userPrompts';

export interface FileHistoryOptions {
  readonly log?: Log;
  /** The person's own folder of Claude Code, whose prompts `at` tells too. Default: `CLAUDE_CONFIG_DIR`, else `~/.claude`. */
  readonly userFolder?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What became of the files of a workspace: by git, along the first parents of HEAD, and by the time of change of the file on
 * disk. A commit's time is its author's: rebasing and merging move the committer's, and the question is when a person wrote
 * it. Without git, outside a repository, and for files that were never committed there is the file on disk alone.
 */
export function openFileHistory(root: string, options: FileHistoryOptions = {}): FileHistory {
  const userFolder = options.userFolder ?? userFolderOf();
  const history = new WorkspaceHistory(new FileHistoryPlaces(root, userFolder), options.log ?? nullLog);
  return {
    within: (path) => history.places.relative(path),
    revisions: (path, since, until) => history.revisions(path, Date.parse(since), Date.parse(until)),
    at: (path, time) => history.at(path, Date.parse(time)),
  };
}

class WorkspaceHistory {
  readonly #repositories = new Map<string, GitRepository>();

  constructor(
    readonly places: FileHistoryPlaces,
    readonly log: Log,
  ) {}

  async revisions(path: string, since: number, until: number): Promise<readonly FileRevision[]> {
    if (!(since < until)) return [];
    const file = await this.places.inside(path);
    if (file === undefined) return [];
    const repository = await this.#repositoryOf(file);
    const committed = repository ? await committedBetween(repository, file, since, until) : [];
    const copy = await workingCopy(file, (time) => time > since && time <= until);
    if (!copy) return committed;
    const last = textOf(await repository?.lastContent(file));
    return last !== undefined && sameText(last, copy.text) ? committed : [...committed, copy];
  }

  /** A file on disk that has not changed since then is what it was then; else the last commit before that time tells. */
  async at(path: string, time: number): Promise<FileRevision | undefined> {
    const inside = await this.places.inside(path);
    const file = inside ?? this.places.ofUser(path);
    if (file === undefined) return undefined;
    const copy = await workingCopy(file, (changed) => changed <= time);
    if (copy || inside === undefined) return copy;
    const repository = await this.#repositoryOf(file);
    const last = (await repository?.history(file))?.find((change) => change.time <= time);
    if (!repository || last?.blob === undefined) return undefined;
    return revision(await repository.content(last.blob), last.time, 'commit');
  }

  async #repositoryOf(file: string): Promise<GitRepository | undefined> {
    const top = await this.places.repositoryOf(file);
    if (top === undefined) return undefined;
    const repository =
      this.#repositories.get(top) ?? new GitRepository(top, this.places.scopeIn(top), this.log);
    this.#repositories.set(top, repository);
    return repository;
  }
}

async function committedBetween(
  repository: GitRepository,
  file: string,
  since: number,
  until: number,
): Promise<readonly FileRevision[]> {
  const changes = await repository.changesSince(file, since);
  const found: FileRevision[] = [];
  for (const { time, blob } of changes.toReversed()) {
    if (time > until || blob === undefined) continue;
    const committed = revision(await repository.content(blob), time, 'commit');
    if (committed) found.push(committed);
  }
  return found;
}

async function workingCopy(
  file: string,
  isWanted: (changedAt: number) => boolean,
): Promise<FileRevision | undefined> {
  try {
    const stats = await stat(file);
    const changedAt = Math.floor(stats.mtimeMs);
    if (!stats.isFile() || stats.size > longestFile || !isWanted(changedAt)) return undefined;
    return revision(await readFile(file), changedAt, 'working-copy');
  } catch (cause) {
    // A file that is not there, or may not be read, tells nothing.
    if (systemCode(cause) === undefined) throw cause;
    return undefined;
  }
}

function revision(
  bytes: Uint8Array | undefined,
  time: number,
  origin: FileRevision['origin'],
): FileRevision | undefined {
  const text = textOf(bytes);
  return text === undefined ? undefined : { text, at: new Date(time).toISOString(), origin };
}

/** `undefined` for what is no text. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.includes(0)) return undefined;
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** Git may change line ends between the two. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}
