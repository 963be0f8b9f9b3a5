import type { TranscriptLine } from '../../core/capture/correctionSource';

const newline = 0x0a;

/** Cuts chunks of UTF-8 bytes into lines, and keeps count of what was taken. */
export class LineCutter {
  /** Bytes that stand behind the last line end so far. */
  #rest: Buffer[] = [];
  #restLength = 0;

  /**
   * @param offset bytes that were taken before
   * @param lines lines that were taken before
   * @param unended the last of them had no line end, which may come now
   */
  constructor(
    public offset: number,
    public lines: number,
    public unended: boolean,
  ) {}

  /** Where to read on. */
  get position(): number {
    return this.offset + this.#restLength;
  }

  /** The lines that end in this chunk. */
  take(chunk: Buffer): readonly TranscriptLine[] {
    const lastEnd = chunk.lastIndexOf(newline);
    if (lastEnd < 0) {
      this.#keep(chunk);
      return [];
    }
    const ended = Buffer.concat([...this.#rest, chunk.subarray(0, lastEnd)]);
    this.offset += ended.length + 1;
    this.#rest = [];
    this.#restLength = 0;
    this.#keep(chunk.subarray(lastEnd + 1));
    const texts = ended.toString('utf8').split('\n');
    // What is left of a line that was taken before its end had come.
    if (this.unended) texts.shift();
    this.unended = false;
    return texts.map((text) => this.#number(text));
  }

  /** The last line, which has no line end; undefined when there is none. */
  rest(): TranscriptLine | undefined {
    if (this.#restLength === 0 || this.unended) return undefined;
    return {
      number: this.lines + 1,
      text: clean(Buffer.concat(this.#rest).toString('utf8'), this.lines === 0),
    };
  }

  takeRest(): void {
    this.offset += this.#restLength;
    this.lines += 1;
    this.unended = true;
    this.#rest = [];
    this.#restLength = 0;
  }

  #number(text: string): TranscriptLine {
    this.lines += 1;
    return { number: this.lines, text: clean(text, this.lines === 1) };
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#rest.push(Buffer.from(bytes));
    this.#restLength += bytes.length;
  }
}

function clean(text: string, first: boolean): string {
  const bare = first && text.startsWith('\uFEFF') ? text.slice(1) : text;
  return bare.endsWith('\r') ? bare.slice(0, -1) : bare;
}
