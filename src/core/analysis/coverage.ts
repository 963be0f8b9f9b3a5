import type { Coverage } from '../model/pattern';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { documentFrequencies } from '../text/vectorSpace';
import { words } from '../text/words';
import { backgroundShare } from './backgroundFrequency';

/** Similarity from which an instruction counts as covering. Fitted on recurring rules against the turns that express them. */
export const coverageThreshold = 0.35;

/** Instructions at large that stand behind the few of one prompt. */
const backgroundInstructions = 1000;
/** Weight of a word at or above which it says what an instruction is about; generic words stay below. */
const tellingWeight = 3.6;

interface Read {
  readonly instruction: Instruction;
  readonly words: ReadonlySet<string>;
}

/** The same instructions are asked about many patterns and scenarios, so that what was read is kept with them. */
const readings = new WeakMap<readonly Instruction[], { all: Read[]; weightOf: (word: string) => number }>();

function read(instructions: readonly Instruction[]) {
  const known = readings.get(instructions);
  if (known) return known;
  const all = instructions.map((instruction) => ({ instruction, words: new Set(words(instruction.text)) }));
  const frequencies = documentFrequencies(all.map((entry) => [...entry.words]));
  const documents = instructions.length + backgroundInstructions;
  const weightOf = (word: string): number => {
    const background = (backgroundShare.get(word) ?? 0) * backgroundInstructions;
    return Math.log((1 + documents) / (1 + (frequencies.get(word) ?? 0) + background));
  };
  const result = { all, weightOf };
  readings.set(instructions, result);
  return result;
}

/**
 * Weighted overlap of two sets of words, in [0, 1]: shared weight over the geometric mean of both weights. The longer side counts
 * at most three times the shorter, because people embed a short rule in a long message. 0 unless
 * there are two words in common, and one of them tells what it is about.
 */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (word: string) => number): number {
  const total = (set: ReadonlySet<string>): number => [...set].reduce((sum, word) => sum + weightOf(word), 0);
  const shared = [...a].filter((word) => b.has(word));
  if (shared.length < 2 || !shared.some((word) => weightOf(word) >= tellingWeight)) return 0;
  const [less = 0, more = 0] = [total(a), total(b)].sort((x, y) => x - y);
  if (less === 0) return 0;
  const common = shared.reduce((sum, word) => sum + weightOf(word), 0);
  return Math.min(1, common / Math.sqrt(less * Math.min(more, 3 * less)));
}

/**
 * Is there an instruction that covers these words (as `words` gives them)? `similarity` is that of the nearest one, which
 * is named only where it covers. `missing` where there are instructions and none covers; `unknown` where
 * there is no prompt (`instructions` left out) or there are no words to go by.
 */
export function findCoverage(
  query: readonly string[],
  instructions: readonly Instruction[] | undefined,
): Coverage {
  if (instructions === undefined || query.length === 0) return { state: 'unknown' };
  const { all, weightOf } = read(instructions);
  const asked = new Set(query);
  let similarity = 0;
  let nearest: Instruction | undefined;
  for (const entry of all) {
    const value = overlap(asked, entry.words, weightOf);
    if (value > similarity) {
      similarity = value;
      nearest = entry.instruction;
    }
  }
  if (nearest === undefined || similarity < coverageThreshold) return { state: 'missing', similarity };
  return { state: 'disobeyed', line: nearest.line, instruction: nearest.text, similarity };
}

/** Coverage of a message's words by a prompt's instructions; see `findCoverage`. */
export function coversText(text: string, document: PromptDocument | undefined): Coverage {
  return findCoverage(words(text), document?.instructions);
}
