import { coverageIndex } from '../../analysis/coverageIndex';
import { coverageWords, joined } from '../../analysis/coverageWords';
import { lineSet } from '../../prompt/lineSet';
import type { PromptDocument, PromptSection } from '../../prompt/promptDocument';
import { demands } from './headingKinds';
import { formOf, type RuleForm } from './ruleForm';

/** An instruction as the choice of a place sees it. */
export interface Neighbour {
  readonly words: ReadonlySet<string>;
  /** Weight of its words. */
  readonly total: number;
  readonly form: RuleForm;
  readonly listItem: boolean;
  readonly demands: boolean;
}

/** A section that could take a rule. */
export interface Candidate {
  /** Without one: what stands before the first heading. */
  readonly section: PromptSection | undefined;
  /** Lines from 1, both included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly heading: ReadonlySet<string>;
  /** Words of the headings above its own, but for the title. */
  readonly parents: ReadonlySet<string>;
  /** Words of its own lines, code and tables included, with how often each stands. */
  readonly text: ReadonlyMap<string, number>;
  /** Neighbouring words, written as one. */
  readonly pairs: ReadonlySet<string>;
  /** Words in its text. */
  readonly length: number;
  readonly neighbours: readonly Neighbour[];
  readonly hasChildren: boolean;
  /** It shows code, tables or examples in most of its lines. */
  readonly shows: boolean;
}

export interface PlacementIndex {
  readonly candidates: readonly Candidate[];
  /** How much a word in common says. */
  readonly weightOf: (word: string) => number;
  /** How few sections hold a word: 1 where one alone does, nearly 0 where all do. */
  readonly rarityOf: (word: string) => number;
  /** Words in a section, in the mean. */
  readonly meanLength: number;
}

/** Longer lines are data; the rest of them tells no more. */
const readCharacters = 2_000;

interface Range {
  readonly section: PromptSection | undefined;
  readonly startLine: number;
  readonly endLine: number;
}

function rangesOf({ lines, sections, frontmatterLines }: PromptDocument): Range[] {
  const first = (sections[0]?.startLine ?? lines.length + 1) - 1;
  const before = { section: undefined, startLine: frontmatterLines + 1, endLine: first };
  return [
    before,
    ...sections.map((section) => ({ section, startLine: section.startLine, endLine: section.endLine })),
  ];
}

/** Words of the headings that each section stands beneath. */
function parentsOf(sections: readonly PromptSection[]): ReadonlyMap<PromptSection, readonly string[]> {
  const stack: { readonly depth: number; readonly words: readonly string[] }[] = [];
  return new Map(
    sections.map((section) => {
      while ((stack.at(-1)?.depth ?? 0) >= section.depth) stack.pop();
      // The title is above all and tells nothing apart.
      const above = stack.filter(({ depth }) => depth > 1).flatMap((each) => each.words);
      stack.push({ depth: section.depth, words: coverageWords(section.heading) });
      return [section, above];
    }),
  );
}

function build(document: PromptDocument): PlacementIndex {
  const { lines, sections, instructions } = document;
  const { weightOf } = coverageIndex(document);
  const isShown = lineSet(lines.length, [...document.codeBlocks, ...document.tables, ...document.examples]);
  const parents = parentsOf(sections);
  let next = 0;
  const all = rangesOf(document).map(({ section, startLine, endLine }, index): Candidate => {
    const neighbours: Neighbour[] = [];
    for (
      let each = instructions[next];
      each !== undefined && each.line <= endLine;
      each = instructions[next]
    ) {
      const words = new Set(coverageWords(each.text));
      const total = [...words].reduce((sum, word) => sum + weightOf(word), 0);
      const { text, listItem } = each;
      neighbours.push({ words, total, form: formOf(text), listItem, demands: demands(text) });
      next++;
    }
    const own = lines.slice(startLine - 1, endLine);
    const inOrder = own.map((line) => coverageWords(line.slice(0, readCharacters)));
    const text = new Map<string, number>();
    for (const word of inOrder.flat()) text.set(word, (text.get(word) ?? 0) + 1);
    return {
      section,
      startLine,
      endLine,
      heading: new Set(coverageWords(section?.heading ?? '')),
      parents: new Set(section === undefined ? [] : parents.get(section)),
      text,
      pairs: new Set(inOrder.flatMap(joined)),
      length: inOrder.reduce((sum, each) => sum + each.length, 0),
      neighbours,
      hasChildren: section !== undefined && (sections[index]?.depth ?? 0) > section.depth,
      shows: own.filter((_, line) => isShown(startLine + line)).length * 2 > own.length,
    };
  });
  const candidates = all.filter(({ section, neighbours }) => section !== undefined || neighbours.length > 0);
  const holding = new Map<string, number>();
  for (const { text } of candidates)
    for (const word of text.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  const most = Math.log(candidates.length + 1);
  return {
    candidates,
    weightOf,
    rarityOf: (word) => 1 - Math.log(Math.max(1, holding.get(word) ?? 1)) / most,
    meanLength: candidates.reduce((sum, { length }) => sum + length, 0) / Math.max(1, candidates.length),
  };
}

/** The same prompt is asked about many rules, so that what was read is kept with it. */
const indexes = new WeakMap<PromptDocument, PlacementIndex>();

export function placementIndex(document: PromptDocument): PlacementIndex {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const made = build(document);
  indexes.set(document, made);
  return made;
}
