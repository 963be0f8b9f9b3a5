/** Text that a terminal shows and does not obey: transcripts and prompts are untrusted. Line ends and tabs stay. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g, '\ufffd');
}

/** One line of at most so many characters, control characters left out. */
export function excerpt(text: string, length: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: transcripts are untrusted; a terminal must not obey them.
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** As in `1.3 MB`; below a tenth of that, in kB. */
export function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
