/**
 * Number of lines of the YAML frontmatter, fences included. It opens with `---` on the very first line and ends at the
 * next line `---` or `...`; one that is never closed is no frontmatter.
 */
export function countFrontmatterLines(lines: readonly string[]): number {
  const first = lines[0];
  if (first === undefined || !/^---[ \t]*[\r\n]*$/.test(first)) return 0;
  for (let index = 1; index < lines.length; index++) {
    if (/^(?:---|\.\.\.)[ \t]*[\r\n]*$/.test(lines[index] ?? '')) return index + 1;
  }
  return 0;
}
