import { coverageIndex } from '../../analysis/coverageIndex';
import { coverageWords } from '../../analysis/coverageWords';
import type { Instruction, PromptDocument } from '../../prompt/promptDocument';
import { splitLines } from '../../prompt/splitLines';
import type { CheckSubject } from './check';
import { type Demand, demandOf, demandsOf } from './demand';
import { type DemandComparison, type DemandRelation, strongest } from './sameDemand';

interface StandingIndex {
  readonly demands: readonly (readonly Demand[])[];
  /** Places of the instructions that hold the word. */
  readonly holding: ReadonlyMap<string, readonly number[]>;
  readonly weightOf: (word: string) => number;
}

const indexes = new WeakMap<PromptDocument, StandingIndex>();

function build(document: PromptDocument): StandingIndex {
  const demands = document.instructions.map(({ text }) => demandsOf(text));
  const holding = new Map<string, number[]>();
  demands.forEach((each, place) => {
    const words = each.flatMap(({ signs, condition }) => [...signs.keys(), ...condition]);
    for (const word of new Set(words)) {
      const places = holding.get(word);
      if (places === undefined) holding.set(word, [place]);
      else places.push(place);
    }
  });
  return { demands, holding, weightOf: coverageIndex(document).weightOf };
}

/** A prompt is asked about every candidate of every pattern, so that what was read is kept with it. */
function standingIndex(document: PromptDocument): StandingIndex {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const made = build(document);
  indexes.set(document, made);
  return made;
}

export interface Placed {
  readonly instruction: Instruction;
  /** It stands in another prompt that is in force as well. */
  readonly elsewhere: boolean;
}

export interface Standing extends DemandComparison, Placed {}

/** Share of a rule's weight that an instruction must hold to be compared at all; every relation but `other` needs more. */
const leastShare = 0.25;

function related(document: PromptDocument, own: Demand, elsewhere: boolean): Standing[] {
  const index = standingIndex(document);
  const shared = new Map<number, number>();
  let total = 0;
  for (const word of own.signs.keys()) {
    const weight = index.weightOf(word);
    total += weight;
    for (const place of index.holding.get(word) ?? []) shared.set(place, (shared.get(place) ?? 0) + weight);
  }
  return [...shared].flatMap(([place, weight]): Standing[] => {
    const instruction = document.instructions[place];
    if (instruction === undefined || weight < total * leastShare) return [];
    const found = strongest(own, index.demands[place] ?? [], index.weightOf);
    return found.relation === 'other' ? [] : [{ ...found, instruction, elsewhere }];
  });
}

/** The instruction starts within the lines that the hunk replaces. */
function isReplaced({ hunk }: CheckSubject, { line }: Instruction): boolean {
  const count = hunk.before === '' ? 0 : splitLines(hunk.before).length;
  return line > hunk.startLine && line <= hunk.startLine + count;
}

const tools = /\b(?:us(?:e|es|ing)|utili[sz]e|prefer|choose|employ)\b/i;

/**
 * Every instruction beside the hunk that could stand against the rule, in this prompt and the others in force: it has a word in
 * common with it, or both name a tool to use.
 */
export function rivalsOf(subject: CheckSubject): Placed[] {
  const { document, rule, alsoInForce = [] } = subject;
  const said = new Set(coverageWords(rule));
  const usesTool = tools.test(rule);
  const rivalsIn = (each: PromptDocument): Instruction[] => {
    const { holding } = standingIndex(each);
    const places = new Set([...said].flatMap((word) => holding.get(word) ?? []));
    return each.instructions.filter(({ text }, place) => places.has(place) || (usesTool && tools.test(text)));
  };
  return [
    ...rivalsIn(document)
      .filter((instruction) => !isReplaced(subject, instruction))
      .map((instruction) => ({ instruction, elsewhere: false })),
    ...alsoInForce.flatMap((other) =>
      rivalsIn(other).map((instruction) => ({ instruction, elsewhere: true })),
    ),
  ];
}

/** What stands beside the hunk and has to do with the rule. */
function standingBeside(subject: CheckSubject): Standing[] {
  const { document, rule, alsoInForce = [] } = subject;
  const own = demandOf(rule);
  return [
    ...related(document, own, false).filter(({ instruction }) => !isReplaced(subject, instruction)),
    ...alsoInForce.flatMap((other) => related(other, own, true)),
  ];
}

/** The nearest of those in a relation; of equals, the one that stands first. */
export function nearestStanding(subject: CheckSubject, relation: DemandRelation): Standing | undefined {
  let best: Standing | undefined;
  for (const each of standingBeside(subject)) {
    if (each.relation === relation && (best === undefined || each.overlap > best.overlap)) best = each;
  }
  return best;
}

const quoted = 120;

/** "line 12 of the prompt (“Run all tests …”)", for a person. */
export function named({ instruction, elsewhere }: Placed): string {
  const text = instruction.text.replace(/\s+/g, ' ');
  const excerpt = text.length <= quoted ? text : `${text.slice(0, quoted - 1).trimEnd()}…`;
  return `line ${instruction.line} of ${elsewhere ? 'another prompt in force' : 'the prompt'} (“${excerpt}”)`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
