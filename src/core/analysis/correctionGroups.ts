import type { Correction } from '../model/correction';
import { plainProse } from '../text/plainProse';
import { words } from '../text/words';
import { groupTexts } from './groupTexts';

/** Like corrections of one agent. */
export interface CorrectionGroup {
  readonly agentType: string;
  /** Members within the window, oldest first; at least two. */
  readonly members: readonly Correction[];
  /** The same members, the most typical first. */
  readonly typicalFirst: readonly Correction[];
  /** Times of all like corrections, also those before the window. */
  readonly times: readonly string[];
  /** Mean similarity between members of different sessions, in [0, 1]. */
  readonly likeness: number;
  /** Distinct sessions of the members. */
  readonly sessions: number;
}

/** Events less likely than this to be a correction are not grouped. */
export const leastLikelihood = 0.5;

export function byTime(a: Correction, b: Correction): number {
  const order = Date.parse(a.timestamp) - Date.parse(b.timestamp);
  if (order !== 0) return order;
  return a.correctionId < b.correctionId ? -1 : a.correctionId > b.correctionId ? 1 : 0;
}

export function countSessions(corrections: readonly Correction[]): number {
  return new Set(corrections.map((correction) => correction.sessionId)).size;
}

/**
 * Groups corrections of one agent by what they say. Those before `windowStart` (milliseconds since 1970) help to tell what
 * belongs together and count for the trend, yet are no members.
 *
 * @param corrections in any order
 */
export function groupCorrections(
  agentType: string,
  corrections: readonly Correction[],
  windowStart: number,
  onStep?: () => void,
): CorrectionGroup[] {
  const texts = corrections
    .filter((correction) => correction.likelihood >= leastLikelihood)
    .toSorted(byTime)
    .map((correction) => ({
      correction,
      words: words(plainProse(correction.userCorrection)),
      source: correction.sessionId,
    }));
  return groupTexts(texts, onStep).flatMap((group): CorrectionGroup[] => {
    const all = group.members.flatMap((member, index) => {
      const correction = texts[member]?.correction;
      return correction ? [{ correction, typicality: group.typicality[index] ?? 0 }] : [];
    });
    const inWindow = all.filter(({ correction }) => Date.parse(correction.timestamp) >= windowStart);
    if (inWindow.length < 2) return [];
    const members = inWindow.map(({ correction }) => correction);
    return [
      {
        agentType,
        members,
        typicalFirst: inWindow
          .toSorted((a, b) => b.typicality - a.typicality || byTime(a.correction, b.correction))
          .map(({ correction }) => correction),
        times: all.map(({ correction }) => correction.timestamp),
        likeness: group.likeness,
        sessions: countSessions(members),
      },
    ];
  });
}
