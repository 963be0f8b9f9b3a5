import { type CorrectionType, correctionTypes, type Severity, severities } from '../model/common';
import type { Correction } from '../model/correction';
import { plainProse } from '../text/plainProse';
import { documentFrequencies } from '../text/vectorSpace';
import { words } from '../text/words';

export { exemplarsOf } from './exemplars';
export { titleOf } from './groupTitle';

const mostTerms = 8;

export const severityWeight: Readonly<Record<Severity, number>> = {
  low: 0.25,
  medium: 0.5,
  high: 0.75,
  critical: 1,
};

/** The value that most members have; ties go to the one that comes last in `order`. */
function mostCommon<T>(values: readonly T[], order: readonly T[]): T | undefined {
  const count = (candidate: T): number => values.filter((value) => value === candidate).length;
  return order.reduce<T | undefined>(
    (best, candidate) => (best === undefined || count(candidate) >= count(best) ? candidate : best),
    undefined,
  );
}

/** The usual severity; ties go to the graver one. */
export function usualSeverity(members: readonly Correction[]): Severity {
  return (
    mostCommon(
      members.map((member) => member.severity),
      severities,
    ) ?? 'low'
  );
}

export function usualType(members: readonly Correction[]): CorrectionType {
  return (
    mostCommon(
      members.map((member) => member.correctionType),
      correctionTypes.toReversed(),
    ) ?? 'content_correction'
  );
}

/**
 * Words that many members share and other corrections of the agent seldom hold, the weightiest first; as stems.
 * @param frequencies in how many of the agent's `documents` corrections each word stands
 */
export function termsOf(
  members: readonly Correction[],
  frequencies: ReadonlyMap<string, number>,
  documents: number,
): string[] {
  const within = documentFrequencies(members.map((member) => words(plainProse(member.userCorrection))));
  return [...within]
    .filter(([, count]) => count >= 2)
    .map(([word, count]) => ({
      word,
      weight:
        (count / members.length) * Math.log((1 + documents) / (1 + (frequencies.get(word) ?? count)) + 1),
    }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    .slice(0, mostTerms)
    .map(({ word }) => word);
}
