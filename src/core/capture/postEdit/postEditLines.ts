/** Words that stand on a line of their own in many places. */
const commonWords =
  /^(?:else|end|endif|begin|return|pass|break|continue|done|esac|fi|finally|try|do|default|null|true|false|none|self|this)$/i;

/** A line that held a secret is known no more. */
export function heldSecret(line: string): boolean {
  return line.includes('[redacted: ');
}

/** What is the same in two lines that only a formatter told apart: no spaces, one kind of quotes, no last comma or semicolon. */
export function lineKey(line: string): string {
  if (heldSecret(line)) return '';
  return line
    .replace(/\s+/g, '')
    .replaceAll('"', "'")
    .replace(/[,;]+$/, '');
}

/** Does a line say enough to be known again? Brackets, blank lines and lone keywords stand everywhere. */
export function isTelling(key: string): boolean {
  const letters = key.replace(/[^\p{L}\p{N}]+/gu, '');
  return letters.length >= 4 && !commonWords.test(letters);
}

/** The same for two runs of lines that only a formatter told apart, one that wraps lines too. */
export function sameButForFormat(a: readonly string[], b: readonly string[]): boolean {
  const wrapped = a.filter(isSaid).length !== b.filter(isSaid).length;
  return formless(a, wrapped) === formless(b, wrapped);
}

const isSaid = (line: string): boolean => line.trim() !== '';

/** @param wrapped the number of lines is another: then brackets come and go, and comments begin anew on each line */
function formless(lines: readonly string[], wrapped: boolean): string {
  const joined = lines
    .map((line) => (wrapped ? line.replace(/^\s*(?:\/\/+|#+|\*+|--)/, '') : line))
    .join('')
    .replace(/[\s,;]+/g, '')
    .replaceAll('"', "'");
  return wrapped ? joined.replace(/[()]/g, '') : joined.replace(/\(([\w$]+)\)=>/g, '$1=>');
}

/** Dice coefficient of the words of two lines, 0 to 1; each word counts as often as it stands there. */
export function similarity(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length + right.length === 0) return 0;
  const rest = new Map<string, number>();
  for (const word of right) rest.set(word, (rest.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of left) {
    const times = rest.get(word) ?? 0;
    if (times > 0) common += 1;
    rest.set(word, times - 1);
  }
  return (2 * common) / (left.length + right.length);
}

function wordsOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A number of 53 bits that stands for a line (cyrb53, public domain, by bryc): short, quick, and not for secrets. Two of a
 * million lines are alike by chance once in twenty thousand times.
 */
export function lineNumber(key: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
