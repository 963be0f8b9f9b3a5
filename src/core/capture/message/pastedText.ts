/**
 * The person's own words in a message: without code fences, quoted lines, stack traces, log lines, tables and prompts of a
 * shell. Lines are kept when in doubt.
 */
export function withoutPastedText(text: string): string {
  const kept: string[] = [];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced && !isPasted(line)) kept.push(line);
  }
  return kept.join('\n');
}

const pasted: readonly RegExp[] = [
  /^\s*>/,
  /^\s*\|.*\|\s*$/,
  /^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  /^\s*at\s+\S+.*:\d+/,
  /^\s*(?:\$|%|❯|➜|#)\s/,
  /^\s*(?:[+-]\s?)?\d{1,5}\s+[|+-]/,
  /^\s*(?:Traceback|Error:|\w+Error:|FAIL|PASS|ok\s+\S+\s+\d|---\s+(?:FAIL|PASS)|=== RUN)/,
  /^\s*[✓✗✘×●⏺⎿│╭╰─]/,
];

function isPasted(line: string): boolean {
  return line.length > 2000 || pasted.some((shape) => shape.test(line));
}
