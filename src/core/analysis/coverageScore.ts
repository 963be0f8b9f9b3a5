import { type CoverageIndex, isGeneric } from './coverageIndex';
import { joined } from './coverageWords';

/** What speaks for an instruction to cover what was said. */
export interface CoverageEvidence {
  /** Place of the instruction in the index. */
  readonly place: number;
  /** Weighted overlap of both sets of words, in [0, 1]. */
  readonly overlap: number;
  /** Weight of the strongest word in common, over 5; less where fewer than two thirds of the messages hold it. */
  readonly strongest: number;
  /** A word in common is none of those that stand in nearly every prompt; not in the score. */
  readonly telling: boolean;
  /** ln(1 + words in common). */
  readonly common: number;
  /** Weight of the words found only in what it stands beneath, over 10. */
  readonly headings: number;
  /** Share of the messages that have much in common with it. */
  readonly messages: number;
  /** 1 where it demands something. */
  readonly commands: number;
}

type Feature = Exclude<keyof CoverageEvidence, 'place' | 'telling'>;

/**
 * Fitted on the pairs of edobry/minsky and entireio/cli in test/fixtures/coverage, as a choice among all instructions of the
 * prompt and none of them: each as probable as exp(score), none as 1 (conditional logit with an outside option; ridge
 * penalty 3 on standardised features). What brought nothing on repositories left out: negation alike on both sides,
 * pairs of neighbouring words, only the commanding clauses of a message, soft matches by word vectors.
 */
const weights: Readonly<Record<Feature, number>> = {
  overlap: 6.76,
  strongest: 1.9,
  common: 1.56,
  headings: 1.12,
  messages: 1.37,
  commands: 1.28,
};
const intercept = -9.11;

/** Weight in common from which a message has much in common with an instruction: one telling word, or two plain ones. */
const much = 5;
const longerSide = 3;

/** Log odds of "this one" against "none". */
export function scoreOf(evidence: CoverageEvidence): number {
  return (
    intercept +
    weights.overlap * evidence.overlap +
    weights.strongest * evidence.strongest +
    weights.common * evidence.common +
    weights.headings * evidence.headings +
    weights.messages * evidence.messages +
    weights.commands * evidence.commands
  );
}

function increase(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

/** In what share of the messages each word stands. */
function shares(messages: readonly (readonly string[])[]): Map<string, number> {
  const result = new Map<string, number>();
  for (const message of messages) {
    for (const word of new Set(message)) result.set(word, (result.get(word) ?? 0) + 1 / messages.length);
  }
  return result;
}

/**
 * Shared weight over the geometric mean of both weights; the longer side counts at most three times the shorter, because
 * people embed a short rule in a long message.
 */
function overlap(shared: number, a: number, b: number): number {
  const less = Math.min(a, b);
  return less <= 0 ? 0 : Math.min(1, shared / Math.sqrt(less * Math.min(Math.max(a, b), longerSide * less)));
}

/** The evidence for each instruction that has a word in common with the messages, itself or in its headings. */
export function coverageEvidence(
  messages: readonly (readonly string[])[],
  index: CoverageIndex,
): CoverageEvidence[] {
  const said = shares(messages);
  const total = [...said].reduce((sum, [word, share]) => sum + share * index.weightOf(word), 0);
  const shared = new Map<number, number>();
  const strongest = new Map<number, number>();
  const telling = new Set<number>();
  const common = new Map<number, number>();
  const headings = new Map<number, number>();
  const meet = (place: number, word: string, share: number): void => {
    const weight = index.weightOf(word);
    increase(shared, place, share * weight);
    increase(common, place, 1);
    if (!isGeneric(word)) telling.add(place);
    strongest.set(place, Math.max(strongest.get(place) ?? 0, weight * Math.min(1, share * 1.5)));
  };
  for (const [word, share] of said) {
    const weight = index.weightOf(word);
    for (const place of index.holding.get(word) ?? []) meet(place, word, share);
    for (const place of index.holdingParts.get(word) ?? []) meet(place, word, share);
    for (const place of index.beneath.get(word) ?? []) increase(headings, place, share * weight);
  }
  for (const word of new Set(messages.flatMap(joined))) {
    if (said.has(word)) continue;
    for (const place of index.holding.get(word) ?? []) meet(place, word, 1);
  }
  const agreeing = new Map<number, number>();
  for (const message of messages) {
    const each = new Map<number, number>();
    for (const word of new Set(message)) {
      for (const place of index.holding.get(word) ?? []) increase(each, place, index.weightOf(word));
    }
    for (const [place, weight] of each) if (weight >= much) increase(agreeing, place, 1 / messages.length);
  }
  const places = [...new Set([...shared.keys(), ...headings.keys()])].sort((a, b) => a - b);
  return places.flatMap((place): CoverageEvidence[] => {
    const entry = index.all[place];
    if (entry === undefined) return [];
    return [
      {
        place,
        overlap: overlap(shared.get(place) ?? 0, total, entry.total),
        strongest: (strongest.get(place) ?? 0) / 5,
        telling: telling.has(place),
        common: Math.log1p(common.get(place) ?? 0),
        headings: (headings.get(place) ?? 0) / 10,
        messages: agreeing.get(place) ?? 0,
        commands: entry.commands ? 1 : 0,
      },
    ];
  });
}
