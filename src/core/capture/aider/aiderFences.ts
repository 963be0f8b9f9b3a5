/** Lines within which a fence must close. Replies are shorter; it bounds the work on a file full of stray fences. */
const longestFence = 2000;

interface Fence {
  readonly mark: string;
  readonly length: number;
  /** Nothing stands behind the marks, so it may close one. */
  readonly bare: boolean;
}

/**
 * Indexes of the lines that stand inside a code fence of a reply, where aider's own markers are quoted text. A fence that
 * is never closed, or around the tool's output, is a stray one (replies are cut off, and fences nest wrongly): taking it
 * for real would swallow the turns behind it. A fence that opens with a session's heading quotes a history, output and all.
 */
export function hiddenByFences(
  lines: readonly string[],
  isOutput: (line: string) => boolean,
): ReadonlySet<number> {
  const fences = lines.map(fenceOf);
  const hidden = new Set<number>();
  for (let index = 0; index < lines.length; index++) {
    const open = fences[index];
    const end = open && closing(fences, index, open);
    if (end === undefined || isStray(lines.slice(index + 1, end), isOutput)) continue;
    for (let inside = index + 1; inside < end; inside++) hidden.add(inside);
    index = end;
  }
  return hidden;
}

function isStray(inside: readonly string[], isOutput: (line: string) => boolean): boolean {
  const first = inside.find((line) => line.trim() !== '') ?? '';
  if (first.startsWith('# aider chat started at ')) return false;
  return inside.some((line) => isOutput(line) && aroundReplies.test(line));
}

/** What aider says around every reply; other quoted lines may well stand in a fence. */
const aroundReplies = /^> (?:Tokens: |Aider v|\^C |Applied edit to |Commit [0-9a-f]{7} )/;

function fenceOf(line: string): Fence | undefined {
  const found = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (!found) return undefined;
  const [, marks = '', info = ''] = found;
  // Three backticks with more behind them on one line are code within a sentence.
  if (marks.startsWith('`') && info.includes('`')) return undefined;
  return { mark: marks.slice(0, 1), length: marks.length, bare: info.trim() === '' };
}

function closing(fences: readonly (Fence | undefined)[], from: number, open: Fence): number | undefined {
  const last = Math.min(fences.length, from + longestFence);
  for (let index = from + 1; index < last; index++) {
    const fence = fences[index];
    if (fence?.bare && fence.mark === open.mark && fence.length >= open.length) return index;
  }
  return undefined;
}
