import { placeRule } from '../../../src/core/improve/place/placement';
import { describeSections } from '../../../src/core/improve/place/sectionFeatures';
import { featureNames } from '../../../src/core/improve/place/sectionScore';
import { sectionOf } from '../../../src/core/prompt/sections';
import { type PlacementCase, readCases } from './cases';
import { fitConditionalLogit } from './conditionalLogit';
import { choiceOf, documentOf, isKin, type Ranking, scores } from './measure';
import { asSentence, asWritten, wordings } from './wordings';

const penalty = 30;
/** The weights are fitted on the lines as people wrote them and as the product would word them. */
const trainedOn = [asWritten, asSentence];

const folder = process.argv[2] ?? '.cache/data/prompts';
const brief = process.argv.includes('--brief');
const cases = readCases(folder);
const usable = cases.filter((each) => choiceOf(each, each.rule) !== undefined);
const repositories = [...new Set(usable.map(({ repository }) => repository))].sort();

function fitOn(from: readonly PlacementCase[]): number[] {
  const totals = new Map<string, number>();
  for (const { repository, weight } of from) totals.set(repository, (totals.get(repository) ?? 0) + weight);
  const choices = from.flatMap((each) =>
    trainedOn.flatMap((word) => {
      const choice = choiceOf(each, word(each.rule));
      const weight = each.weight / Math.sqrt(totals.get(each.repository) ?? 1) / trainedOn.length;
      return choice === undefined ? [] : [{ ...choice, weight }];
    }),
  );
  const scale =
    from.reduce((sum, each) => sum + each.weight, 0) / choices.reduce((sum, { weight }) => sum + weight, 0);
  return fitConditionalLogit(
    choices.map((each) => ({ ...each, weight: each.weight * scale })),
    featureNames.length,
    penalty,
  );
}

type Order = (each: PlacementCase, rule: string) => readonly number[];

/** Lines of the sections' headings, the likeliest first. */
const byWeights =
  (weights: readonly number[]): Order =>
  (each, rule) =>
    describeSections(documentOf(each.before), rule, [])
      .map(({ candidate, features }) => ({
        line: candidate.section?.startLine ?? 0,
        score: featureNames.reduce((sum, name, k) => sum + (weights[k] ?? 0) * features[name], 0),
      }))
      .sort((a, b) => b.score - a.score || a.line - b.line)
      .map(({ line }) => line);

const asPlaced: Order = (each, rule) => {
  const document = documentOf(each.before);
  const placement = placeRule(document, rule, []);
  if (/new heading/.test(placement.where)) return [-1];
  return [sectionOf(document.sections, placement.startLine)?.startLine ?? 0];
};

const lines = (each: PlacementCase) =>
  describeSections(documentOf(each.before), each.rule, []).map(({ candidate }) => candidate);
const lastSection: Order = (each) =>
  lines(each)
    .map(({ section }) => section?.startLine ?? 0)
    .reverse();
const largestSection: Order = (each) =>
  lines(each)
    .sort((a, b) => b.endLine - b.startLine - (a.endLine - a.startLine))
    .map(({ section }) => section?.startLine ?? 0);

function rank(each: PlacementCase, order: readonly number[]): Ranking {
  const { sections } = documentOf(each.before);
  const pathOf = (line: number | undefined) =>
    sections.find(({ startLine }) => startLine === line)?.path ?? '';
  const place = order.indexOf(each.chosen);
  return {
    repository: each.repository,
    weight: each.weight,
    rank: place < 0 ? Number.POSITIVE_INFINITY : place,
    kin: place === 0 || (order[0] !== -1 && isKin(pathOf(order[0]), pathOf(each.chosen))),
  };
}

function print(name: string, rankings: readonly Ranking[]): void {
  const rows = [...scores(rankings)].slice(0, brief ? 2 : undefined);
  process.stdout.write(`${name}\n`);
  for (const [repository, score] of rows) {
    const { first, firstTwo, firstThree, kin } = score;
    const figures = [first, firstTwo, firstThree, kin].map((each) => each.toFixed(2)).join('  ');
    process.stdout.write(
      `  ${repository.padEnd(46)}${String(score.cases).padStart(4)} ${score.weight.toFixed(0).padStart(4)}  ${figures}\n`,
    );
  }
}

process.stdout.write(
  `${cases.length} rules that people added; ${cases.filter(({ chosen }) => chosen < 0).length} under a new heading, ` +
    `${usable.length} where there was a choice.\nColumns: cases, their weight, first, among two, among three, first or its kin.\n`,
);
print(
  'last section',
  usable.map((each) => rank(each, lastSection(each, each.rule))),
);
print(
  'largest section',
  usable.map((each) => rank(each, largestSection(each, each.rule))),
);
const without = new Map(
  repositories.map((name) => [name, fitOn(usable.filter(({ repository }) => repository !== name))]),
);
for (const [name, word] of Object.entries(wordings)) {
  print(
    `placeRule (${name})`,
    usable.map((each) => rank(each, asPlaced(each, word(each.rule)))),
  );
  print(
    `fitted, its repository left out (${name})`,
    usable.map((each) => rank(each, byWeights(without.get(each.repository) ?? [])(each, word(each.rule)))),
  );
}
const opened = (of: readonly PlacementCase[]) =>
  of.filter((each) => asPlaced(each, each.rule)[0] === -1).length / of.length;
process.stdout.write(
  `placeRule opens a new section for ${opened(cases.filter(({ chosen }) => chosen < 0)).toFixed(2)} of the rules for which people did, ` +
    `for ${opened(usable).toFixed(2)} of the others.\nFitted on all:\n`,
);
for (const [k, weight] of fitOn(usable).entries())
  process.stdout.write(`  ${featureNames[k]}: ${weight.toFixed(2)},\n`);
