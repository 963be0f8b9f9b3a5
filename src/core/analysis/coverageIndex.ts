import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { documentFrequencies } from '../text/vectorSpace';
import { backgroundShare } from './backgroundFrequency';
import { leadsByLine } from './coverageContext';
import { coverageWords, joined, representativeOf } from './coverageWords';

/** Instructions at large that stand behind the few of one prompt. Of 30 to 1000, 300 told covered from missing best. */
const backgroundInstructions = 300;

/** An instruction that demands something: it opens with a command, or says must, never, always. */
const command =
  /^(?:[✓✅❌\s\d.[\]()*-]*)(?:always|never|do not|don['’]?t|must|avoid|use|ensure|make|keep|run|write|check|verify|update|add|commit|push|follow|prefer|create|include|document|place|maintain|fix|read|do|test|review|ask|stage|implement|start|save|set|mark|describe|explain|provide|only|any|all|no)\b|\b(?:must|never|always|should|required|do not)\b/i;

export interface IndexedInstruction {
  readonly instruction: Instruction;
  /** Weight of its words. */
  readonly total: number;
  readonly commands: boolean;
}

/** The instructions of one prompt, by word. Numbers are places in `all`. */
export interface CoverageIndex {
  readonly all: readonly IndexedInstruction[];
  /** Which hold the word. */
  readonly holding: ReadonlyMap<string, readonly number[]>;
  /** Which hold it as two neighbours. */
  readonly holdingParts: ReadonlyMap<string, readonly number[]>;
  /** Which stand beneath a heading, an item or a label that holds the word, and do not hold it themselves. */
  readonly beneath: ReadonlyMap<string, readonly number[]>;
  /** ln((1 + n) / (1 + df)), over the prompt's instructions and a background of those at large. */
  readonly weightOf: (word: string) => number;
}

const shareAtLarge: ReadonlyMap<string, number> = [...backgroundShare].reduce((shares, [word, share]) => {
  const as = representativeOf(word);
  return shares.set(as, Math.min(1, (shares.get(as) ?? 0) + share));
}, new Map<string, number>());

/** Share of instructions at large from which a word says nothing about what one is about: "test", "code", "change". */
const genericShare = 0.024;

export function isGeneric(word: string): boolean {
  return (shareAtLarge.get(word) ?? 0) > genericShare;
}

function note(map: Map<string, number[]>, word: string, place: number): void {
  const places = map.get(word);
  if (places === undefined) map.set(word, [place]);
  else places.push(place);
}

function build(document: PromptDocument): CoverageIndex {
  const { instructions } = document;
  const leads = leadsByLine(document);
  const inOrder = instructions.map(({ text }) => coverageWords(text));
  const own = inOrder.map((each) => new Set(each));
  const frequencies = documentFrequencies(own.map((each) => [...each]));
  const documents = instructions.length + backgroundInstructions;
  const weightOf = (word: string): number => {
    const background = (shareAtLarge.get(word) ?? 0) * backgroundInstructions;
    return Math.log((1 + documents) / (1 + (frequencies.get(word) ?? 0) + background));
  };
  const holding = new Map<string, number[]>();
  const holdingParts = new Map<string, number[]>();
  const beneath = new Map<string, number[]>();
  const all = instructions.map((instruction, place): IndexedInstruction => {
    const held = own[place] ?? new Set();
    for (const word of held) note(holding, word, place);
    for (const word of new Set(joined(inOrder[place] ?? []))) note(holdingParts, word, place);
    const above = `${instruction.section}\n${leads.get(instruction.line) ?? ''}`;
    for (const word of new Set(coverageWords(above))) {
      if (!held.has(word)) note(beneath, word, place);
    }
    const { text } = instruction;
    return {
      instruction,
      total: [...held].reduce((sum, word) => sum + weightOf(word), 0),
      commands: command.test(text),
    };
  });
  return { all, holding, holdingParts, beneath, weightOf };
}

/** The same prompt is asked about many patterns and scenarios, so that what was read is kept with it. */
const indexes = new WeakMap<PromptDocument, CoverageIndex>();

export function coverageIndex(document: PromptDocument): CoverageIndex {
  const known = indexes.get(document);
  if (known) return known;
  const made = build(document);
  indexes.set(document, made);
  return made;
}
