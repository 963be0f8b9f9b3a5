import { words } from '../text/words';
import type { SharedWords } from './sharedWords';
import type { TitleCandidate } from './titleCandidates';

const clarityExponent = 0.75;
/** So that of orders alike to nobody the plainest counts. */
const leastAlike = 0.03;
/** Of several orders alike, the one that says what holds every time. */
const lasting =
  /\b(?:never|always|every|each|only|must|should|make sure|ensure|do not|avoid|prefer|before|until|unless|without|instead of|rather than)\b/i;
const lastingFactor = 1.4;
const cutFactor = 0.8;
const thinFactor = 0.6;
/** Identifiers, figures, quotations and names within a sentence. */
const detail = /\b\w+_\w+\b|\b[a-z]+[A-Z]\w*|\d+|"[^"]*"|(?<=\s)\p{Lu}\p{Ll}+/gu;
const detailFactor = 0.75;
const mostDetails = 4;

/** Five to twelve words are read at a glance and say enough. In (0, 1]. */
function brevity(title: string): number {
  const count = title.split(/\s+/).length;
  if (count < 5) return [0.4, 0.4, 0.5, 0.8, 0.92][count] ?? 1;
  return count <= 12 ? 1 : count <= 16 ? 0.92 : 0.8;
}

/** Falls with details that no other member shares. In (0, 1]. */
function generality(title: string, source: string, shared: SharedWords): number {
  const own = (title.match(detail) ?? []).filter((found) =>
    words(found).every((word) => !shared.usedElsewhere(word, source)),
  );
  return detailFactor ** Math.min(own.length, mostDetails);
}

/**
 * How well an order stands for the group, from 0: plain, alike to what the others say, short, and without details of its own. The
 * weights were chosen by eye on two histories in which the rules that recur are labelled; the result changes little with them.
 *
 * @param source who gave the order
 */
export function titleScore(
  { text: title, clarity }: TitleCandidate,
  source: string,
  shared: SharedWords,
): number {
  const content = new Set(words(title));
  return (
    clarity ** clarityExponent *
    (leastAlike + shared.likeness(content, source)) *
    brevity(title) *
    generality(title, source, shared) *
    (content.size < 2 ? thinFactor : 1) *
    (title.endsWith('…') ? cutFactor : 1) *
    (lasting.test(title) ? lastingFactor : 1)
  );
}
