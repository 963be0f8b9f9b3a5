import { type ErrorCode, isPipelineError } from '../core/errors';
import type { Log, Skipped } from '../core/ports';
import type { Progress } from '../core/progress';
import { jsonPieces } from './jsonPieces';
import { printable } from './text';

/** Exit statuses of the command line's contract. */
export const exitStatus = { done: 0, failed: 1, usage: 2, refused: 3 } as const;

/** A gate, a role or an outside edit stood in the way; nothing failed. */
const refusals: ReadonlySet<ErrorCode> = new Set(['REFUSED_BY_GATE', 'TARGET_CHANGED', 'FORBIDDEN']);

const mostWarnings = 20;

/** Standard output carries the answer alone; progress, warnings and errors go to standard error. */
export class Output {
  constructor(
    private readonly stdout: NodeJS.WritableStream,
    private readonly stderr: NodeJS.WritableStream,
    readonly json: boolean,
    readonly quiet: boolean,
  ) {}

  /** One JSON document with `--json`, else the text. */
  answer(document: unknown, text: () => string): void {
    if (!this.json) {
      this.stdout.write(ensureNewline(printable(text())));
      return;
    }
    for (const piece of jsonPieces(document)) this.stdout.write(piece);
    this.stdout.write('\n');
  }

  line(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  note(text: string): void {
    if (!this.quiet) this.stderr.write(`${printable(text)}\n`);
  }

  error(text: string): void {
    this.stderr.write(`${printable(text)}\n`);
  }

  /** Names what was passed over; of many, the first ones. The rest stands in the answer with `--json`. */
  skipped(skipped: readonly Skipped[]): void {
    for (const { path, line, reason } of skipped.slice(0, mostWarnings)) {
      this.note(`warning: ${line > 0 ? `${path}:${line}` : path}: ${reason}`);
    }
    const more = skipped.length - mostWarnings;
    if (more > 0) this.note(`warning: … and ${more} more that could not be read; --json names them all`);
  }

  readonly progress = ({ stage, message, done, total }: Progress): void => {
    if (this.json) return;
    const part = done === undefined ? '' : ` (${done}${total === undefined ? '' : `/${total}`})`;
    this.note(`${stage}: ${message}${part}`);
  };

  log(): Log {
    return {
      debug: () => undefined,
      info: (message) => this.note(message),
      warn: (message) => this.note(`warning: ${message}`),
      error: (message) => this.error(`error: ${message}`),
    };
  }
}

const ensureNewline = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Prints what failed, what it concerns and what to do, and gives the exit status. */
export function reportFailure(error: unknown, output: Output): number {
  if (!isPipelineError(error)) {
    output.error(
      `error: UNEXPECTED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    output.error('This is a bug: please report it with the text above. What was finished before is kept.');
    return exitStatus.failed;
  }
  output.error(`error: ${error.code}: ${error.message}`);
  output.error(`  concerns: ${error.subject}`);
  output.error(`  what to do: ${error.remedy}`);
  return refusals.has(error.code) ? exitStatus.refused : exitStatus.failed;
}
