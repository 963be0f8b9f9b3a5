/** A value where it stands in a text: UTF-16 offsets without its quotes. */
export interface LiteralAt {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Stands inside a call. */
  readonly wrapped: boolean;
}

/** Characters of a value without quotes: of a parameter, in prose and configuration, and in a shell's assignment. */
export const bare = /[^\s"'`,;(){}<>[\]|&\\]+/y;
export const spokenBare = /[^\s"'`,;(){}<>[\]|\\]+/y;
export const shellBare = /[^\s"'`\\[]+/y;

/** No secret is longer; beyond it nothing is read. */
export const longestLiteral = 8000;

/** A quote, also escaped, and behind a prefix of a string or a call: `f"`, `\\"`, `SecretStr("`. */
const opening = /([A-Za-z]{1,2}(?=["'])|[\w.:]{1,30}\()?(\\{0,7}["'`]|&quot;|%22|\\{1,4}u0022)/y;

export function literalAt(text: string, from: number, unquoted: RegExp): LiteralAt | undefined {
  const open = matchAt(opening, text, from);
  if (open) {
    const start = from + open[0].length;
    const end = closingAt(text, start, open[2] ?? '');
    return end === -1 ? undefined : { start, end, quoted: true, wrapped: open[1]?.endsWith('(') ?? false };
  }
  const run = matchAt(unquoted, text, from);
  return run ? { start: from, end: from + run[0].length, quoted: false, wrapped: false } : undefined;
}

/** Where the quoted text ends: the same mark, on the same line, not itself escaped; -1 when nowhere. */
function closingAt(text: string, start: number, mark: string): number {
  const line = text.slice(start, start + longestLiteral);
  for (let end = line.indexOf(mark); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (line.charAt(end - 1) === '\\') continue;
    return line.slice(0, end).includes('\n') ? -1 : start + end;
  }
  return -1;
}

/** @param sticky a pattern with the flag `y` */
export function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}
