import type { Correction } from '../model/correction';
import type { Exemplar } from '../model/pattern';
import { plainProse } from '../text/plainProse';
import { words } from '../text/words';
import { excerptOf, longestExcerpt } from './excerpt';
import { sharedWords, startOf } from './sharedWords';

const mostExemplars = 5;
/** Members that exemplars are chosen from: the most typical one of each session, and the most typical ones at large. */
const mostCompared = 40;
/** Jaccard index of two messages' words from which they say the same in the same words. */
const sameWording = 0.8;
/** Exemplars in the same words, as long as there are others. */
const mostAlike = 2;
/** Weight of being typical against being unlike what was chosen before (maximal marginal relevance). */
const typicalWeight = 0.6;

interface Candidate {
  readonly member: Correction;
  readonly words: ReadonlySet<string>;
  /** 1 for the most typical, falling to 0. */
  readonly typical: number;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  const all = a.size + b.size - common;
  return all === 0 ? 1 : common / all;
}

function candidatesOf(typicalFirst: readonly Correction[]): Candidate[] {
  const seen = new Set<string>();
  const chosen = new Set(typicalFirst.slice(0, mostCompared));
  for (const member of typicalFirst) {
    if (seen.size >= mostCompared) break;
    if (!seen.has(member.sessionId)) chosen.add(member);
    seen.add(member.sessionId);
  }
  return [...chosen].map((member, rank) => ({
    member,
    words: new Set(words(plainProse(startOf(member.userCorrection)))),
    typical: 1 - rank / chosen.size,
  }));
}

/** How welcome a candidate is by kind, the smaller the better: another session comes first, then other words. */
function kindOf(candidate: Candidate, chosen: readonly Candidate[]): number {
  const alike = chosen.filter((other) => jaccard(candidate.words, other.words) >= sameWording).length;
  const elsewhere = chosen.every((other) => other.member.sessionId !== candidate.member.sessionId);
  if (elsewhere) return alike === 0 ? 0 : alike < mostAlike ? 1 : 3;
  return alike === 0 ? 2 : 4;
}

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), with the rank as relevance. */
function marginal(candidate: Candidate, chosen: readonly Candidate[]): number {
  const nearest = Math.max(0, ...chosen.map((other) => jaccard(candidate.words, other.words)));
  return typicalWeight * candidate.typical - (1 - typicalWeight) * nearest;
}

function better(a: Candidate, b: Candidate, chosen: readonly Candidate[]): Candidate {
  const order = kindOf(a, chosen) - kindOf(b, chosen) || marginal(b, chosen) - marginal(a, chosen);
  return order <= 0 ? a : b;
}

/** How much of what the others say too a sentence of a member says. */
function likenessAmong(candidates: readonly Candidate[]) {
  const shared = sharedWords(
    candidates.map(({ member }) => ({ text: startOf(member.userCorrection), source: member.correctionId })),
  );
  return (member: Correction) =>
    (content: readonly string[]): number =>
      shared.likeness(content, member.correctionId);
}

/**
 * Up to five members: the most typical first, then one a session as long as there are sessions left, and of those such as are typical
 * and worded in another way. The same words stand twice at most as long as there are others. Ties go to the more typical.
 */
export function exemplarsOf(typicalFirst: readonly Correction[]): Exemplar[] {
  const candidates = candidatesOf(typicalFirst);
  const left = [...candidates];
  const chosen = left.splice(0, 1);
  while (chosen.length < mostExemplars && left.length > 0) {
    const next = left.reduce((best, candidate) => better(best, candidate, chosen));
    chosen.push(...left.splice(left.indexOf(next), 1));
  }
  const likenessTo = chosen.some(({ member }) => member.userCorrection.length > longestExcerpt)
    ? likenessAmong(candidates)
    : undefined;
  return chosen.map(({ member }) => ({
    correctionId: member.correctionId,
    sessionId: member.sessionId,
    timestamp: member.timestamp,
    text: excerptOf(member.userCorrection, likenessTo?.(member)),
    originalResponse: excerptOf(member.originalResponse),
    evidence: member.evidence,
  }));
}
