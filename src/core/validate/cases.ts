import { schemaVersion } from '../model/common';
import type { Correction } from '../model/correction';
import { byTimeThenId } from '../model/correctionOrder';
import type { Pattern } from '../model/pattern';
import type { Scenario } from '../model/validation';
import type { Hash } from '../ports';
import { wordsOf } from './staticJudge';

/** Corrections less likely than this are as likely none: they would only add noise. */
const leastLikelihood = 0.5;

/** A correction that stands for one occurrence of trouble. `addressed`: the edit is meant to prevent it. */
export interface Case {
  readonly correction: Correction;
  readonly patternId: string | undefined;
  readonly addressed: boolean;
}

export interface CaseSelection {
  readonly corrections: readonly Correction[];
  /** The pattern that a correction belongs to, by correction id. */
  readonly patternOf: ReadonlyMap<string, string>;
  readonly isAddressed: (patternId: string | undefined) => boolean;
}

/** Events without words, or as likely no correction, can be judged by no text. */
export function isJudgeable(correction: Correction): boolean {
  return correction.likelihood >= leastLikelihood && wordsOf(correction).length > 0;
}

/** Pattern by correction id; the patterns given first take precedence. */
export function membership(patterns: readonly Pattern[]): Map<string, string> {
  const patternOf = new Map<string, string>();
  for (const { patternId, memberIds } of patterns) {
    for (const id of memberIds) if (!patternOf.has(id)) patternOf.set(id, patternId);
  }
  return patternOf;
}

/**
 * One case a session and pattern, in the order of time: its first judgeable correction. Repeats within a session are one
 * occurrence of trouble, and had the first been prevented the rest would not have come. A correction of no pattern is a
 * case of its own.
 */
export function selectCases({ corrections, patternOf, isAddressed }: CaseSelection): Case[] {
  const seen = new Set<string>();
  const cases: Case[] = [];
  for (const correction of corrections.filter(isJudgeable).sort(byTimeThenId)) {
    const patternId = patternOf.get(correction.correctionId);
    const unit = JSON.stringify([
      correction.sessionId,
      patternId ?? null,
      patternId ? '' : correction.correctionId,
    ]);
    if (seen.has(unit)) continue;
    seen.add(unit);
    cases.push({ correction, patternId, addressed: isAddressed(patternId) });
  }
  return cases;
}

/** Long enough that two different things never share it, short enough for a file name. */
export function shortHash(hash: Hash, parts: readonly string[]): string {
  return hash.sha256(JSON.stringify(parts)).slice(0, 24);
}

/** The stored form of a case; its id derives from the correction and its pattern, so that validating again finds it. */
export function scenarioOf({ correction, patternId }: Case, hash: Hash): Scenario {
  return {
    schemaVersion,
    scenarioId: `scenario-${shortHash(hash, [correction.correctionId, patternId ?? ''])}`,
    agentType: correction.agentType,
    task: correction.userCorrection,
    ...(correction.taskDescription === undefined ? {} : { context: correction.taskDescription }),
    origin: 'correction',
    correctionId: correction.correctionId,
    sessionId: correction.sessionId,
    ...(patternId === undefined ? {} : { patternId }),
    tags: [correction.correctionType, correction.signal],
  };
}
