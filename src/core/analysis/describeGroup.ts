import { type CorrectionType, correctionTypes, type Severity, severities } from '../model/common';
import type { Correction } from '../model/correction';
import type { Exemplar } from '../model/pattern';
import { heed, imperative } from '../text/imperative';
import { plainProse } from '../text/plainProse';
import { documentFrequencies } from '../text/vectorSpace';
import { words } from '../text/words';

const mostExemplars = 5;
const mostTerms = 8;
const longestExcerpt = 600;
/** The title comes from one of the most typical members, the first that holds a command. */
const titleCandidates = 8;

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

/** @param typicalFirst members, the most typical first */
export function titleOf(typicalFirst: readonly Pick<Correction, 'userCorrection'>[]): string {
  for (const member of typicalFirst.slice(0, titleCandidates)) {
    const title = imperative(member.userCorrection);
    if (title !== undefined && !title.startsWith('Check: ')) return title;
  }
  const first = typicalFirst[0]?.userCorrection ?? '';
  return imperative(first) ?? heed(first);
}

function excerpt(text: string): string {
  return text.length <= longestExcerpt ? text : `${text.slice(0, longestExcerpt).trimEnd()}…`;
}

/** Up to five members, the most typical first; one a session as long as there are sessions left. */
export function exemplarsOf(typicalFirst: readonly Correction[]): Exemplar[] {
  const seen = new Set<string>();
  const fresh = typicalFirst.filter((member) => !seen.has(member.sessionId) && seen.add(member.sessionId));
  const others = typicalFirst.filter((member) => !fresh.includes(member));
  return [...fresh, ...others].slice(0, mostExemplars).map((member) => ({
    correctionId: member.correctionId,
    sessionId: member.sessionId,
    timestamp: member.timestamp,
    text: excerpt(member.userCorrection),
    originalResponse: excerpt(member.originalResponse),
    evidence: member.evidence,
  }));
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
