import { readSync } from 'node:fs';

const newline = 0x0a;
const pieceBytes = 1 << 20;

export interface FileLine {
  readonly text: string;
  /** Its first byte, and its length in bytes without the line end. */
  readonly start: number;
  readonly length: number;
  /** Counts from 1. */
  readonly number: number;
}

/** The lines of an open file of UTF-8, read piece by piece by synchronous calls. A mark of the byte order is left out. */
export function* linesOfFile(file: number): Generator<FileLine> {
  // One buffer for all pieces, which grows with the longest line: fresh ones would pile up faster than they are cleared away.
  let buffer = Buffer.allocUnsafe(pieceBytes);
  let kept = 0;
  let start = 0;
  let number = 0;
  const line = (from: number, to: number): FileLine => {
    number++;
    const text = buffer.toString('utf8', from, to);
    const found = {
      text: number === 1 ? text.replace(/^\uFEFF/, '') : text,
      start,
      length: to - from,
      number,
    };
    start += to - from + 1;
    return found;
  };
  for (;;) {
    if (kept === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    const read = readSync(file, buffer, kept, buffer.length - kept, null);
    if (read === 0) break;
    const length = kept + read;
    let from = 0;
    for (
      let end = buffer.indexOf(newline, kept);
      end >= 0 && end < length;
      end = buffer.indexOf(newline, from)
    ) {
      yield line(from, end);
      from = end + 1;
    }
    buffer.copyWithin(0, from, length);
    kept = length - from;
  }
  if (kept > 0) yield line(0, kept);
}
