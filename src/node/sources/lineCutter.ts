import type { TranscriptLine } from '../../core/capture/correctionSource';

const newline = 0x0a;
/** Bytes right before the point by which a file is known again. */
export const markBytes = 4096;

/** Cuts chunks of UTF-8 bytes into lines, and keeps count of what was taken. */
export class LineCutter {
  /** Bytes that stand behind the last line end so far. */
  #rest: Buffer[] = [];
  #restLength = 0;
  #tail: Buffer = Buffer.alloc(0);

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
    const end = chunk.subarray(0, lastEnd + 1);
    // Most chunks begin with a line, and need not be copied.
    const ended = this.#restLength === 0 ? end : Buffer.concat([...this.#rest, end]);
    this.#took(ended);
    this.#keep(chunk.subarray(lastEnd + 1));
    const texts = ended.toString('utf8', 0, ended.length - 1).split('\n');
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
    this.#took(Buffer.concat(this.#rest));
    this.lines += 1;
    this.unended = true;
  }

  /** The last bytes that were taken, at most `markBytes`. */
  get tail(): Buffer {
    return this.#tail;
  }

  #took(bytes: Buffer): void {
    this.offset += bytes.length;
    this.#rest = [];
    this.#restLength = 0;
    const near = bytes.subarray(-markBytes);
    this.#tail =
      near.length === markBytes ? Buffer.from(near) : Buffer.concat([this.#tail, near]).subarray(-markBytes);
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
