import { Socket } from 'node:net';
import { startGit } from './gitProgram';

/** Milliseconds without a question after which the process ends. */
const patience = 250;
/** Times that the process may break down before no more is asked. */
const mostFailures = 3;

type Git = ReturnType<typeof startGit>;
type Answer = (bytes: Buffer | undefined) => void;

const nothing = Buffer.alloc(0);

/** Content by name (an object's id, or `HEAD:path`), from one `git cat-file --batch` that stays while it is asked. */
export class GitBlobs {
  #git: Git | undefined;
  #waiting: Answer[] = [];
  #received = nothing;
  /** Bytes of an answer that is not wanted, still to be passed over. */
  #toSkip = 0;
  #failures = 0;
  #idle: NodeJS.Timeout | undefined;

  /** @param longest bytes of a content that is still taken */
  constructor(
    readonly folder: string,
    readonly longest: number,
  ) {}

  /** `undefined` when there is no such file's content, it is too long, or git does not answer. */
  read(name: string): Promise<Buffer | undefined> {
    if (/[\n\r]/.test(name) || this.#failures >= mostFailures) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const git = this.#running();
      this.#waiting.push(resolve);
      git.stdin.write(`${name}\n`);
    });
  }

  #running(): Git {
    clearTimeout(this.#idle);
    if (this.#git) {
      holdOpen(this.#git, true);
      return this.#git;
    }
    const git = startGit(this.folder, ['cat-file', '--batch']);
    this.#git = git;
    const gone = (): void => this.#end(git);
    git.on('error', gone);
    git.on('close', gone);
    git.stdin.on('error', gone);
    git.stdout.on('data', (bytes: Buffer) => this.#take(git, bytes));
    return git;
  }

  #end(git: Git): void {
    if (git !== this.#git) return;
    this.#git = undefined;
    clearTimeout(this.#idle);
    const unanswered = this.#waiting;
    if (unanswered.length > 0) this.#failures += 1;
    this.#waiting = [];
    this.#received = nothing;
    this.#toSkip = 0;
    for (const answer of unanswered) answer(undefined);
  }

  #take(git: Git, bytes: Buffer): void {
    if (git !== this.#git) return;
    const skipped = Math.min(this.#toSkip, bytes.length);
    this.#toSkip -= skipped;
    this.#received = Buffer.concat([this.#received, bytes.subarray(skipped)]);
    while (this.#toSkip === 0 && this.#waiting.length > 0 && this.#answered());
    if (this.#waiting.length === 0) this.#rest(git);
  }

  /** An answer is `<id> <type> <size>`, a line feed, the content and a line feed, or a line such as `<name> missing`. */
  #answered(): boolean {
    const received = this.#received;
    const start = received.indexOf(0x0a) + 1;
    if (start === 0) return false;
    const head = /^[0-9a-f]{40,64} (\w+) (\d+)\n$/.exec(received.toString('utf8', 0, start));
    const end = head === null ? start : start + Number(head[2]) + 1;
    const wanted = head !== null && head[1] === 'blob' && Number(head[2]) <= this.longest;
    if (wanted && received.length < end) return false;
    this.#received = received.subarray(end);
    this.#toSkip = Math.max(0, end - received.length);
    this.#waiting.shift()?.(wanted ? received.subarray(start, end - 1) : undefined);
    return true;
  }

  /** Keeps no one waiting while nothing is asked of it. */
  #rest(git: Git): void {
    holdOpen(git, false);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => git.stdin.end(), patience);
    this.#idle.unref();
  }
}

/** Whether this process waits for git to end before it ends itself. */
function holdOpen(git: Git, hold: boolean): void {
  const pipes = [git.stdin, git.stdout].filter((pipe) => pipe instanceof Socket);
  for (const part of [git, ...pipes]) {
    if (hold) part.ref();
    else part.unref();
  }
}
