import { correctionTypes, severities, signals } from '../model/common';
import type { Correction } from '../model/correction';
import { GrowingInts } from '../text/growingNumbers';
import { plainProse } from '../text/plainProse';
import { TextCorpus } from '../text/textCorpus';
import { words } from '../text/words';
import { Names } from './names';

/** Events less likely than this to be a correction are not grouped. */
export const leastLikelihood = 0.5;
/** Characters of a message that are read: what stands in the first pages is what it is about. */
const longestRead = 8000;

const extension = /\.[a-z0-9]{1,8}$/i;

/** Extension of a file's name in lower case, with its dot; empty where there is none. */
export function fileKindOf(file: string | undefined): string {
  return file === undefined ? '' : (extension.exec(file)?.[0].toLowerCase() ?? '');
}

/** What the table keeps of a correction. */
export type TableRow = Pick<
  Correction,
  | 'correctionId'
  | 'agentType'
  | 'sessionId'
  | 'timestamp'
  | 'correctionType'
  | 'severity'
  | 'signal'
  | 'likelihood'
  | 'userCorrection'
  | 'tool'
> & { readonly edit?: Pick<NonNullable<Correction['edit']>, 'file'> | undefined };

/**
 * What the analysis needs of each correction, column by column: a million corrections take some hundred bytes each instead of a
 * kilobyte. Rows are numbered in the order in which they were added.
 */
export class CorrectionTable {
  /** The words of each correction; none for what is unlikely to be one. Text numbers are row numbers. */
  readonly corpus = new TextCorpus();
  readonly agents = new Names();
  readonly sessions = new Names();
  readonly tools = new Names();
  readonly fileKinds = new Names();
  readonly #ids: string[] = [];
  readonly #times: number[] = [];
  readonly #agent = new GrowingInts();
  readonly #session = new GrowingInts();
  readonly #tool = new GrowingInts();
  readonly #fileKind = new GrowingInts();
  /** Type, severity and signal in one number. */
  readonly #kind = new GrowingInts();

  get size(): number {
    return this.#ids.length;
  }

  add(correction: TableRow): void {
    const { likelihood, userCorrection, tool, edit } = correction;
    this.#ids.push(correction.correctionId);
    this.#times.push(Date.parse(correction.timestamp));
    this.#agent.push(this.agents.numberOf(correction.agentType));
    this.#session.push(this.sessions.numberOf(correction.sessionId));
    this.#tool.push(this.tools.numberOf(tool?.name ?? ''));
    this.#fileKind.push(this.fileKinds.numberOf(fileKindOf(tool?.file ?? edit?.file)));
    this.#kind.push(
      (correctionTypes.indexOf(correction.correctionType) * severities.length +
        severities.indexOf(correction.severity)) *
        signals.length +
        signals.indexOf(correction.signal),
    );
    this.corpus.add(
      likelihood < leastLikelihood ? [] : words(plainProse(userCorrection.slice(0, longestRead))),
    );
  }

  /** Sets the time of a row that bore none, and the session that stood for it. */
  date(row: number, timestamp: string, sessionId: string): void {
    this.#times[row] = Date.parse(timestamp);
    this.#session.set(row, this.sessions.numberOf(sessionId));
  }

  id(row: number): string {
    return this.#ids[row] ?? '';
  }

  /** Milliseconds since 1970. */
  time(row: number): number {
    return this.#times[row] ?? 0;
  }

  agent(row: number): number {
    return this.#agent.at(row);
  }

  session(row: number): number {
    return this.#session.at(row);
  }

  tool(row: number): string {
    return this.tools.name(this.#tool.at(row));
  }

  fileKind(row: number): string {
    return this.fileKinds.name(this.#fileKind.at(row));
  }

  signal(row: number): (typeof signals)[number] {
    return signals[this.#kind.at(row) % signals.length] ?? 'message';
  }

  severity(row: number): (typeof severities)[number] {
    return severities[Math.floor(this.#kind.at(row) / signals.length) % severities.length] ?? 'low';
  }

  type(row: number): (typeof correctionTypes)[number] {
    const place = Math.floor(this.#kind.at(row) / (signals.length * severities.length));
    return correctionTypes[place] ?? 'content_correction';
  }

  /** Does `a` come before `b`: by time, then by id? Negative, 0 or positive. */
  compare(a: number, b: number): number {
    const difference = this.time(a) - this.time(b);
    if (difference !== 0) return difference;
    return this.id(a) < this.id(b) ? -1 : this.id(a) > this.id(b) ? 1 : 0;
  }

  /** All rows, oldest first. */
  inOrder(): Int32Array {
    const rows = Int32Array.from({ length: this.size }, (_, row) => row);
    for (let row = 1; row < rows.length; row++) {
      if (this.compare(row - 1, row) > 0) return rows.sort((a, b) => this.compare(a, b));
    }
    return rows;
  }
}
