const mostText = 200_000;

/**
 * The first complete JSON object of an answer, whatever stands around it: a code fence, words before and after. `undefined` where there
 * is none that parses.
 */
export function jsonInAnswer(answer: string): unknown {
  const text = answer.slice(0, mostText);
  const starts = [...text.matchAll(/\{/g)].slice(0, 8).map(({ index }) => index);
  for (const start of starts) {
    const end = endOfObject(text, start);
    if (end === undefined) continue;
    try {
      return JSON.parse(text.slice(start, end));
    } catch {
      // Not JSON from here on: words may hold braces too.
    }
  }
  return undefined;
}

/** Just behind the brace that closes the one at `start`; braces inside of strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}
