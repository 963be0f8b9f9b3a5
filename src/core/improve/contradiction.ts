import { type Claim, readClaims } from './claims';
import { isImperativeVerb } from './write/verbs';

export interface Contradiction {
  /** One sentence for the person: what stands against what. */
  readonly reason: string;
}

/** Of each line a project uses one. Single words as `readClaims` gives them, that is, stemmed. */
const exclusive: readonly ReadonlySet<string>[] = [
  'npm pnpm yarn bun',
  'tab space',
  'jest vitest mocha',
  'pip poetry uv conda',
  'pytest unittest',
  'eslint biom',
  'merg rebas',
].map((line) => new Set(line.split(' ')));

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** "Avoid comments" forbids to add and to use them, not to read or delete them. */
const having: ReadonlySet<string> = new Set(['use', 'add']);

function sameVerb(wanted: Claim, refused: Claim): boolean {
  return wanted.verb === refused.verb || (refused.verb === '' && having.has(wanted.verb));
}

function opposed(a: Claim, b: Claim): Contradiction | undefined {
  if (a.wanted === b.wanted) return rivals(a, b);
  const [yes, no] = a.wanted ? [a, b] : [b, a];
  if (!sameVerb(yes, no) || !same(yes.object, no.object) || !same(yes.condition, no.condition))
    return undefined;
  return { reason: `One asks for “${yes.said}” and the other forbids it.` };
}

/** Two tools of one kind, each ordered for the same case. */
function rivals(a: Claim, b: Claim): Contradiction | undefined {
  if (!a.wanted || a.verb !== 'use' || b.verb !== 'use' || !same(a.condition, b.condition)) return undefined;
  const [one, other] = [a.object[0] ?? '', b.object[0] ?? ''];
  if (a.object.length !== 1 || b.object.length !== 1 || one === other) return undefined;
  if (!exclusive.some((group) => group.has(one) && group.has(other))) return undefined;
  return { reason: `One asks for “${a.said}” and the other for “${b.said}”.` };
}

const amount = /(?<![\p{L}\p{N}.])\d+(?:\.\d+)?(?![\p{L}\p{N}]|\.\d)/gu;

/** The same order with another figure ("at most 80 characters", "at most 100 characters"). */
function otherFigure(a: string, b: string): Contradiction | undefined {
  const [left, right] = [[...a.matchAll(amount)], [...b.matchAll(amount)]];
  const [one, other] = [left[0]?.[0], right[0]?.[0]];
  if (left.length !== 1 || right.length !== 1 || one === other) return undefined;
  const masked = (text: string) =>
    text
      .replace(amount, '0')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase();
  const words = masked(a).split(' ');
  // Remarks and numbered steps give figures too, and three words are too few to tell an order by.
  if (masked(a) !== masked(b) || words.length < 4 || !isImperativeVerb(words[0] ?? '')) return undefined;
  if (
    !/\b(?:limit|max|maximum|min|minimum|most|least|under|below|above|than|exactly|within|keep|up to)\b/.test(
      masked(a),
    )
  )
    return undefined;
  return { reason: `One says ${one} where the other says ${other}.` };
}

/**
 * Do two plain sentences order opposite things: the one asks for what the other forbids in the same case, each asks for another tool of
 * one kind, or they give two figures for one limit? Made to be right rather than complete: an order with a case of its own
 * ("in tests") is an exception to the one without and no contradiction, and what is not understood is none.
 */
export function contradicts(a: string, b: string): Contradiction | undefined {
  const others = readClaims(b);
  for (const one of readClaims(a)) {
    for (const other of others) {
      const found = opposed(one, other);
      if (found !== undefined) return found;
    }
  }
  return otherFigure(a, b);
}
