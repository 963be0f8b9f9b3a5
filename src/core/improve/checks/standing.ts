import { coverageIndex } from '../../analysis/coverageIndex';
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
    for (const word of new Set(each.flatMap(({ signs }) => [...signs.keys()]))) {
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

export interface Standing extends DemandComparison {
  readonly instruction: Instruction;
  /** It stands in another prompt that is in force as well. */
  readonly elsewhere: boolean;
}

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

/** What stands in the prompts after the hunk, apart from the lines that it replaces, and has to do with the rule. */
function standingBeside({ document, hunk, rule, alsoInForce = [] }: CheckSubject): Standing[] {
  const last = hunk.startLine + (hunk.before === '' ? 0 : splitLines(hunk.before).length);
  const replaced = ({ line }: Instruction) => line > hunk.startLine && line <= last;
  const own = demandOf(rule);
  return [
    ...related(document, own, false).filter(({ instruction }) => !replaced(instruction)),
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
export function named({ instruction, elsewhere }: Standing): string {
  const text = instruction.text.replace(/\s+/g, ' ');
  const excerpt = text.length <= quoted ? text : `${text.slice(0, quoted - 1).trimEnd()}…`;
  return `line ${instruction.line} of ${elsewhere ? 'another prompt in force' : 'the prompt'} (“${excerpt}”)`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
