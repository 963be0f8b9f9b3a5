import type { Coverage } from '../model/pattern';
import type { Instruction } from '../prompt/promptDocument';

/** Is there an instruction that covers these words? `similarity` is that of the nearest one. */
export function findCoverage(_words: readonly string[], _instructions: readonly Instruction[]): Coverage {
  throw new Error('stub');
}
