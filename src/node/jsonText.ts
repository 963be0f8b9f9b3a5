/** What came of reading a JSON text: the value, or the line and column (from 1) and the reason of the first error. */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly reason: string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes without a byte-order mark, or `undefined` where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

export function readJson(text: string): JsonReading {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const offset = jsonErrorOffset(text);
    const line = offset === undefined ? 1 : lineAt(text, offset);
    const column = offset === undefined ? 1 : offset - text.lastIndexOf('\n', offset - 1);
    const reason = text.trim() === '' ? 'it is empty' : 'it is not valid JSON';
    return { ok: false, line, column, reason };
  }
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

const space = /[\t\n\r ]*/y;
/** Tokens of RFC 8259: punctuation, strings (section 7), numbers (section 6) and literals. */
const token =
  /[{}[\],:]|"(?:[ !#-[\]-\u{10FFFF}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing';

/**
 * Offset of the first token that cannot stand where it stands, `undefined` for valid JSON. `JSON.parse` does not say
 * where in every case, and a person with a broken file needs the line.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    if (at === text.length) return expected === 'nothing' ? undefined : at;
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    const next: Expected | undefined = found === undefined ? undefined : step(found, expected, open);
    if (found === undefined || next === undefined) return at;
    expected = next;
    at += found.length;
  }
}

function step(found: string, expected: Expected, open: string[]): Expected | undefined {
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  if (expected === 'nothing') return undefined;
  if (expected === 'colon') return found === ':' ? 'value' : undefined;
  if (found === '}' || found === ']') {
    const opened = found === '}' ? '{' : '[';
    const mayEnd = expected === 'comma or end' || expected === (found === '}' ? 'key or }' : 'value or ]');
    return mayEnd && open.pop() === opened ? afterValue() : undefined;
  }
  if (expected === 'comma or end') {
    if (found !== ',') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (expected === 'key' || expected === 'key or }') return found.startsWith('"') ? 'colon' : undefined;
  if (found === ',' || found === ':') return undefined;
  if (found !== '{' && found !== '[') return afterValue();
  open.push(found);
  return found === '{' ? 'key or }' : 'value or ]';
}
