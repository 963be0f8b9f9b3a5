import { coverageWords, joined } from '../../analysis/coverageWords';
import type { PromptDocument } from '../../prompt/promptDocument';
import { demands, headingKinds, prohibits } from './headingKinds';
import { type Candidate, type Neighbour, type PlacementIndex, placementIndex } from './placementIndex';
import { formOf } from './ruleForm';

/** What speaks for and against a section as the place of a rule. */
export interface SectionFeatures {
  /** BM25 (Robertson and Zaragoza, 2009) of the section's text, over that of the best section. */
  readonly textOfBest: number;
  /** ln(1 + pairs of neighbouring words in common) */
  readonly pairs: number;
  /** 1 where the heading holds a word of the rule; share of the rule's weight that the headings above hold. */
  readonly headingHit: number;
  readonly parents: number;
  /** Cosine with the most alike single instruction, the mean of the next two, the first over that of the best section. */
  readonly nearest: number;
  readonly nextNearest: number;
  readonly nearestOfBest: number;
  /** Shares of its instructions that are written as the rule is: with a label, as a sentence, with such an opening. */
  readonly labelled: number;
  readonly sentences: number;
  readonly openings: number;
  /** How far its instructions are from the rule's length, on a log scale; at most 0. */
  readonly length: number;
  /** Share of list items. */
  readonly items: number;
  /** Share of instructions that demand; negative where the rule does not. */
  readonly demanding: number;
  /** ln(1 + instructions) */
  readonly instructions: number;
  readonly depth: number;
  readonly children: number;
  readonly last: number;
  /** The heading speaks of rules and the rule demands; it speaks of what not to do and the rule forbids. */
  readonly norms: number;
  readonly prohibitions: number;
  readonly shows: number;
}

export interface Described {
  readonly candidate: Candidate;
  /** BM25 over the weight of the rule's words: 0 where they have none in common that tells sections apart. */
  readonly inCommon: number;
  readonly features: SectionFeatures;
}

/** Words of the corrections count less than those of the rule. */
const wantedShare = 0.5;
/** The usual k1 and b of BM25. */
const saturation = 1.2;
const lengthShare = 0.75;

type Weights = ReadonlyMap<string, number>;

function weigh(rule: string, wanted: readonly string[], { weightOf }: PlacementIndex): Weights {
  const said = new Map<string, number>();
  for (const word of coverageWords(wanted.join(' '))) said.set(word, wantedShare);
  for (const word of coverageWords(rule)) said.set(word, 1);
  return new Map([...said].map(([word, part]) => [word, part * weightOf(word)]));
}

function shared(weights: Weights, words: ReadonlySet<string>): number {
  let sum = 0;
  for (const [word, weight] of weights) if (words.has(word)) sum += weight;
  return sum;
}

function bm25(
  weights: Weights,
  { text, length }: Candidate,
  { rarityOf, meanLength }: PlacementIndex,
): number {
  const norm = saturation * (1 - lengthShare + (lengthShare * length) / Math.max(1, meanLength));
  let sum = 0;
  for (const [word, weight] of weights) {
    const times = text.get(word) ?? 0;
    if (times > 0) sum += (weight * rarityOf(word) * (saturation + 1) * times) / (times + norm);
  }
  return sum;
}

function shareOf(neighbours: readonly Neighbour[], test: (each: Neighbour) => boolean, none: number): number {
  return neighbours.length === 0 ? none : neighbours.filter(test).length / neighbours.length;
}

/** Every section of the prompt, described for the rule. */
export function describeSections(
  document: PromptDocument,
  rule: string,
  wanted: readonly string[],
): readonly Described[] {
  const index = placementIndex(document);
  const weights = weigh(rule, wanted, index);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const rulePairs = [...new Set(joined(coverageWords(rule)))];
  const form = formOf(rule);
  const [forbids, orders] = [prohibits(rule), demands(rule)];
  const described = index.candidates.map((candidate, place): Described => {
    const { section, neighbours } = candidate;
    const title = section?.heading ?? '';
    const near = neighbours
      .map((each) => shared(weights, each.words) / Math.sqrt(total * Math.max(each.total, 1)))
      .sort((a, b) => b - a);
    const ofLength = neighbours.reduce((sum, each) => sum + each.form.length, 0) / neighbours.length;
    const demanding = shareOf(neighbours, (each) => each.demands, 0);
    return {
      candidate,
      inCommon: bm25(weights, candidate, index) / total,
      features: {
        textOfBest: 0,
        pairs: Math.log1p(rulePairs.filter((pair) => candidate.pairs.has(pair)).length),
        headingHit: Number([...candidate.heading].some((word) => weights.has(word))),
        parents: shared(weights, candidate.parents) / total,
        nearest: near[0] ?? 0,
        nextNearest: ((near[1] ?? 0) + (near[2] ?? 0)) / 2,
        nearestOfBest: 0,
        labelled: shareOf(neighbours, (each) => each.form.labelled === form.labelled, 0.5),
        sentences: shareOf(neighbours, (each) => each.form.sentence === form.sentence, 0.5),
        openings: shareOf(neighbours, (each) => each.form.opening === form.opening, 0.5),
        length: neighbours.length === 0 ? 0 : -Math.abs(ofLength - form.length),
        items: shareOf(neighbours, (each) => each.listItem, 0),
        demanding: orders ? demanding : -demanding,
        instructions: Math.log1p(neighbours.length),
        depth: section?.depth ?? 0,
        children: Number(candidate.hasChildren),
        last: Number(place === index.candidates.length - 1),
        norms: Number(orders && headingKinds.norms.test(title)),
        prohibitions: Number(forbids && headingKinds.prohibitions.test(title)),
        shows: Number(candidate.shows),
      },
    };
  });
  // One rule has many words in common with every section and another few, so that the best of the prompt is a measure too.
  const best = (of: (each: Described) => number) =>
    described.reduce((most, each) => Math.max(most, of(each)), 0) || 1;
  const [bestText, bestNearest] = [
    best(({ inCommon }) => inCommon),
    best(({ features }) => features.nearest),
  ];
  return described.map((each) => ({
    ...each,
    features: {
      ...each.features,
      textOfBest: each.inCommon / bestText,
      nearestOfBest: each.features.nearest / bestNearest,
    },
  }));
}
