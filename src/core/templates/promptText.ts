import { PipelineError } from '../errors';

const decoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * UTF-8 text of a prompt; a byte-order mark is kept, so that encoding it again gives the same bytes.
 * @throws PipelineError RECORD_UNREADABLE with the first line that is not UTF-8
 */
export function decodePrompt(bytes: Uint8Array, subject: string): string {
  try {
    return decoder().decode(bytes);
  } catch (cause) {
    const line = undecodableLine(bytes);
    throw new PipelineError('RECORD_UNREADABLE', `"${subject}" is not UTF-8 text (line ${line}).`, {
      subject: `${subject}:${line}`,
      remedy: 'Save the file as UTF-8 and try again; it was left as it is.',
      cause,
    });
  }
}

export function encodePrompt(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** First line (from 1) that is not valid UTF-8; 0 when all are. No UTF-8 sequence spans a line feed. */
export function undecodableLine(bytes: Uint8Array): number {
  const lineFeed = 0x0a;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(lineFeed, start);
    const stop = end < 0 ? bytes.length : end + 1;
    try {
      decoder().decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return 0;
}
