import type { LineRange } from './blocks';

/** Which lines (from 1) stand in one of the ranges. */
export function lineSet(length: number, ranges: readonly LineRange[]): (line: number) => boolean {
  const steps = new Int32Array(length + 2);
  for (const { startLine, endLine } of ranges) {
    const from = Math.min(Math.max(startLine, 0), length + 1);
    const behind = Math.min(Math.max(endLine + 1, from), length + 1);
    steps[from] = (steps[from] ?? 0) + 1;
    steps[behind] = (steps[behind] ?? 0) - 1;
  }
  let open = 0;
  for (let line = 0; line <= length; line++) {
    open += steps[line] ?? 0;
    steps[line] = open;
  }
  return (line) => line <= length && (steps[line] ?? 0) > 0;
}
