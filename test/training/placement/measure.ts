import { describeSections } from '../../../src/core/improve/place/sectionFeatures';
import { featureNames } from '../../../src/core/improve/place/sectionScore';
import { type PromptDocument, readPrompt } from '../../../src/core/prompt/promptDocument';
import type { PlacementCase } from './cases';
import type { Choice } from './conditionalLogit';

export interface Ranking {
  readonly repository: string;
  readonly weight: number;
  /** Place of the chosen section in the order, from 0; Infinity where it is not in it. */
  readonly rank: number;
  /** The first is the chosen one, beneath the same heading, or one of the two is beneath the other. */
  readonly kin: boolean;
}

const documents = new Map<string, PromptDocument>();

export function documentOf(text: string): PromptDocument {
  const known = documents.get(text) ?? readPrompt(text);
  documents.set(text, known);
  return known;
}

/** The choice that people had, as numbers; none where the prompt has one section alone or they opened a new one. */
export function choiceOf(each: PlacementCase, rule: string): Choice | undefined {
  const options = describeSections(documentOf(each.before), rule, []);
  const chosen = options.findIndex(({ candidate }) => (candidate.section?.startLine ?? 0) === each.chosen);
  if (options.length < 2 || chosen < 0) return undefined;
  return {
    options: options.map(({ features }) => featureNames.map((name) => features[name])),
    chosen,
    weight: each.weight,
  };
}

export function isKin(a: string, b: string): boolean {
  const parent = (path: string) => path.split(' > ').slice(0, -1).join(' > ');
  return a === b || parent(a) === b || parent(b) === a || (parent(a) !== '' && parent(a) === parent(b));
}

export interface Score {
  readonly cases: number;
  readonly weight: number;
  readonly first: number;
  readonly firstTwo: number;
  readonly firstThree: number;
  readonly kin: number;
}

function scoreOf(rankings: readonly Ranking[]): Score {
  const weight = rankings.reduce((sum, each) => sum + each.weight, 0);
  const share = (test: (each: Ranking) => boolean) =>
    rankings.reduce((sum, each) => sum + (test(each) ? each.weight : 0), 0) / (weight || 1);
  return {
    cases: rankings.length,
    weight,
    first: share(({ rank }) => rank < 1),
    firstTwo: share(({ rank }) => rank < 2),
    firstThree: share(({ rank }) => rank < 3),
    kin: share(({ kin }) => kin),
  };
}

/** By repository, with the plain mean over them first. */
export function scores(rankings: readonly Ranking[]): Map<string, Score> {
  const repositories = [...new Set(rankings.map(({ repository }) => repository))].sort();
  const each = new Map(
    repositories.map((name) => [name, scoreOf(rankings.filter(({ repository }) => repository === name))]),
  );
  const mean = (of: keyof Score) => [...each.values()].reduce((sum, one) => sum + one[of], 0) / each.size;
  const over: Score = {
    cases: rankings.length,
    weight: scoreOf(rankings).weight,
    first: mean('first'),
    firstTwo: mean('firstTwo'),
    firstThree: mean('firstThree'),
    kin: mean('kin'),
  };
  return new Map([['mean over repositories', over], ['all cases alike', scoreOf(rankings)], ...each]);
}
