import { type Demand, demandsOf, weightAtLarge } from './demand';

/**
 * How a second instruction stands to a first: it says the `same` already; it is `near` (much in common, yet perhaps another object
 * or case); it is `opposed` (the same words, asked for by one and forbidden by the other); or it is another.
 */
export type DemandRelation = 'same' | 'near' | 'opposed' | 'other';

export interface DemandComparison {
  readonly relation: DemandRelation;
  /** Weight in common over the geometric mean of both weights, in [0, 1]. */
  readonly overlap: number;
}

type Weight = (word: string) => number;

/** Chosen on the pairs of six repositories in test/fixtures/duplicates; how often they are right on the others stands there. */
const sameOverlap = 0.72;
const sameContained = 0.9;
const leastForContained = 0.62;
const nearOverlap = 0.5;
/** Weight in common from which two sentences can be told to say the same: two plain words, or one and a half rare ones. */
const leastShared = 6;
const opposedOverlap = 0.72;

function sum(words: Iterable<string>, weight: Weight): number {
  let total = 0;
  for (const word of words) total += weight(word);
  return total;
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((each) => b.has(each));
}

function compareCases(a: Demand, b: Demand): 'alike' | 'narrower' | 'apart' {
  if (b.condition.size === 0) return 'alike';
  if (a.condition.size === 0) return 'narrower';
  const common = [...a.condition].filter((word) => b.condition.has(word)).length;
  return common / Math.max(a.condition.size, b.condition.size) >= 0.5 ? 'alike' : 'apart';
}

/** Whether `b` says what `a` says. Not symmetric: a wider `b` says a narrower `a`, and not the other way round. */
export function compareDemands(a: Demand, b: Demand, weight: Weight = weightAtLarge): DemandComparison {
  const common = [...a.signs.keys()].filter((word) => b.signs.has(word));
  const shared = sum(common, weight);
  if (shared === 0) return { relation: 'other', overlap: 0 };
  const ownWeight = sum(a.signs.keys(), weight);
  const overlap = Math.min(1, shared / Math.sqrt(ownWeight * sum(b.signs.keys(), weight)));
  const against = sum(
    common.filter((word) => (a.signs.get(word) ?? 0) * (b.signs.get(word) ?? 0) < 0),
    weight,
  );
  const cases = compareCases(a, b);
  const apart = cases === 'apart' || disjoint(a.specifics, b.specifics);
  if (against > shared / 2) {
    const ordered = a.ordered && b.ordered;
    const opposed =
      ordered && overlap >= opposedOverlap && shared >= leastShared && !apart && cases === 'alike';
    return { relation: opposed ? 'opposed' : 'other', overlap };
  }
  const much =
    overlap >= sameOverlap || (shared / ownWeight >= sameContained && overlap >= leastForContained);
  const same = much && shared >= leastShared && against < shared / 4 && !apart && cases === 'alike';
  if (same) return { relation: 'same', overlap };
  return { relation: overlap >= nearOverlap && shared >= leastShared ? 'near' : 'other', overlap };
}

export const strength: Readonly<Record<DemandRelation, number>> = { same: 3, opposed: 2, near: 1, other: 0 };

/** The strongest relation of any sentence of `b`, or all of it, to `a`. */
export function strongest(
  a: Demand,
  standing: readonly Demand[],
  weight: Weight = weightAtLarge,
): DemandComparison {
  let best: DemandComparison = { relation: 'other', overlap: 0 };
  for (const each of standing) {
    const found = compareDemands(a, each, weight);
    const difference = strength[found.relation] - strength[best.relation];
    if (difference > 0 || (difference === 0 && found.overlap > best.overlap)) best = found;
  }
  return best;
}

/**
 * Whether instruction `b` says already what `a` says: the same demand, of the same object, with the same polarity. `weightOf` tells how
 * much a stemmed word says in the prompt at hand (`coverageIndex(document).weightOf`); left out: in prompts at large.
 */
export function sameDemand(a: string, b: string, weightOf?: Weight): DemandComparison {
  const [own] = demandsOf(a);
  return own === undefined ? { relation: 'other', overlap: 0 } : strongest(own, demandsOf(b), weightOf);
}
