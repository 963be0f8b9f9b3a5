/** One `_**User**_` or `_**Agent …**_` block of a SpecStory file. */
export interface SpecStoryBlock {
  readonly speaker: 'human' | 'agent';
  /** What stands in the heading's parentheses: a time, or a mode or model. */
  readonly note: string | undefined;
  /** Line of the heading, from 1. */
  readonly line: number;
  readonly text: string;
}

const heading = /^_\*\*(User|Assistant|Agent)\b(?:\s*\(([^)]*)\))?[^*]{0,120}\*\*_\s*$/;

/**
 * Splits a SpecStory file at its block headings. The tool puts a rule (`---`) before every heading but the first; a
 * heading without one, or inside a code fence that the same block closes, is quoted text.
 */
export function specStoryBlocks(lines: readonly string[]): readonly SpecStoryBlock[] {
  const starts: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('_**') || !heading.test(line.trimEnd())) continue;
    if (starts.length > 0 && !followsRule(lines, index)) continue;
    starts.push(index);
  }
  const real = withoutFenced(lines, starts);
  return real.map((start, position) => {
    const found = heading.exec((lines[start] ?? '').trimEnd());
    const body = lines.slice(start + 1, real[position + 1] ?? lines.length);
    return {
      speaker: found?.[1] === 'User' ? 'human' : 'agent',
      note: found?.[2],
      line: start + 1,
      text: withoutClosingRule(body).join('\n').trim(),
    };
  });
}

function followsRule(lines: readonly string[], index: number): boolean {
  let above = index - 1;
  while (above >= 0 && (lines[above] ?? '').trim() === '') above--;
  return /^-{3,}$/.test((lines[above] ?? '').trim());
}

/**
 * Drops headings that stand inside a fence. Terminal output often holds a stray fence, so one that is still open at a
 * heading counts only when it is closed before the heading after that: else every later turn would be swallowed.
 */
function withoutFenced(lines: readonly string[], starts: readonly number[]): readonly number[] {
  const real: number[] = [];
  let open: string | undefined;
  for (const [position, start] of starts.entries()) {
    const end = starts[position + 1] ?? lines.length;
    if (open === undefined || !closes(lines, start, end, open)) {
      real.push(start);
      open = undefined;
    }
    open = fenceAfter(lines, start + 1, end, open);
  }
  return real;
}

const fence = /^\s{0,3}(`{3,}|~{3,})(.*)$/;

/** The fence that is open at the end of these lines. A fence closes with at least as many marks and nothing behind them. */
function fenceAfter(
  lines: readonly string[],
  from: number,
  to: number,
  before: string | undefined,
): string | undefined {
  let open = before;
  for (let index = from; index < to; index++) {
    const found = fence.exec(lines[index] ?? '');
    if (!found) continue;
    const [, marks = '', info = ''] = found;
    if (open === undefined) open = marks;
    else if (marks[0] === open[0] && marks.length >= open.length && info.trim() === '') open = undefined;
  }
  return open;
}

/** Is the next fence between these lines one that closes the open one? */
function closes(lines: readonly string[], from: number, to: number, open: string): boolean {
  for (let index = from + 1; index < to; index++) {
    const found = fence.exec(lines[index] ?? '');
    if (!found) continue;
    const [, marks = '', info = ''] = found;
    return marks[0] === open[0] && marks.length >= open.length && info.trim() === '';
  }
  return false;
}

function withoutClosingRule(body: readonly string[]): readonly string[] {
  let end = body.length;
  while (end > 0 && (body[end - 1] ?? '').trim() === '') end--;
  return /^-{3,}$/.test((body[end - 1] ?? '').trim()) ? body.slice(0, end - 1) : body.slice(0, end);
}
