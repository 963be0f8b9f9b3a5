import { leastLikelihood } from '../../analysis/correctionTable';
import { schemaVersion } from '../../model/common';
import type { Correction } from '../../model/correction';
import { byTimeThenId } from '../../model/correctionOrder';
import { type HabitEntry, longestHabitName, longestHabitText, mostHabitEntries } from '../../model/habit';
import type { HabitOwner } from '../../ports';
import { plainProse } from '../../text/plainProse';
import { Redaction, type RedactionOptions } from '../redaction/redact';

/** Room for the ellipsis of an excerpt. */
const longestExcerpt = longestHabitText - 2;

/** Corrections as entries of the index of habits. Keeps the redacted words, as the same corrections come again with every import. */
export class HabitEntries {
  #texts = new Map<string, string>();

  constructor(readonly options: RedactionOptions) {}

  /** The newest that count: neither dismissed nor unlikely, and in a person's own words; oldest first. */
  of(corrections: readonly Correction[], owner: HabitOwner): readonly HabitEntry[] {
    const texts = new Map<string, string>();
    const entries = corrections
      .filter(({ edited, likelihood }) => edited?.dismissed !== true && likelihood >= leastLikelihood)
      .map((correction) => ({ correction, prose: plainProse(correction.userCorrection).trim() }))
      .filter(({ prose }) => prose !== '')
      .sort((a, b) => byTimeThenId(a.correction, b.correction))
      .slice(-mostHabitEntries)
      .map(({ correction: { correctionId, source, agentType, timestamp }, prose }): HabitEntry => {
        const text = this.#texts.get(prose) ?? new Redaction(this.options).excerpt(prose, longestExcerpt);
        texts.set(prose, text);
        return {
          schemaVersion,
          project: owner.name.slice(0, longestHabitName),
          pathHash: owner.pathHash,
          correctionId,
          source,
          text,
          agentType: agentType.slice(0, longestHabitName),
          timestamp,
        };
      });
    this.#texts = texts;
    return entries;
  }
}
