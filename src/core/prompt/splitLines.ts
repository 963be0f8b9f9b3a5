export const byteOrderMark = '\uFEFF';

/** Lines with their ends (LF, CRLF or a lone CR, as CommonMark counts them); joined they are the text. Empty for no text. */
export function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

export function stripLineEnd(line: string): string {
  return line.replace(/(?:\r\n|\r|\n)$/, '');
}

export function endsLine(text: string): boolean {
  return text.endsWith('\n') || text.endsWith('\r');
}

/** The line end that the text uses most; LF where it has none. */
export function dominantLineEnd(text: string): '\n' | '\r\n' {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf;
  return crlf > lf ? '\r\n' : '\n';
}
