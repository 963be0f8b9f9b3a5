/** What came of reading a JSON text: the value, or the line (from 1) and the reason of its first error. */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number; readonly reason: string };

export type JsonReader = (text: string) => JsonReading;

/** Reads a file that is one JSON text. A reader may find no place for the error in a text of very long strings. */
export function readWhole(text: string, read: JsonReader): JsonReading {
  try {
    return read(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, line: 1, reason: 'it is not valid JSON, and too long to say where' };
  }
}
