import { sameAgent } from '../model/agentType';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Improvement } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { ValidationReport } from '../model/validation';
import type { Hash } from '../ports';
import { applyHunks } from '../review/applyHunks';
import { type Assessment, assess } from './assess';
import { type Case, isJudgeable, membership, selectCases } from './cases';
import { splitSessions } from './heldOut';
import { placeboOf } from './placebo';
import { judgePrompt } from './staticJudge';
import { fingerprint, reportIdOf, reportOf } from './validationRecords';

export interface ImprovementInput {
  readonly improvement: Improvement;
  /** Text of the base version. */
  readonly base: string;
  /** Of all agents: other agents' words can serve as placebo. */
  readonly corrections: readonly Correction[];
  readonly patterns: readonly Pattern[];
  readonly configuration: Configuration;
  readonly createdAt: string;
}

export interface Validated {
  readonly report: ValidationReport;
  readonly cases: readonly Case[];
  readonly outcomes: Assessment['outcomes'];
}

/**
 * Corrections whose words can serve as placebo: of other patterns, else of none. What the edit addresses, or newly covers, is
 * about its own subject and never serves; an edit that covers everything so leaves no placebo, and cannot ship.
 */
function placeboSources(
  corrections: readonly Correction[],
  patternOf: ReadonlyMap<string, string>,
  addressed: ReadonlySet<string>,
  isNewlyCovered: (correction: Correction) => boolean,
): Correction[] {
  const foreign = corrections.filter((correction) => isJudgeable(correction) && !isNewlyCovered(correction));
  const ofOthers = foreign.filter(({ correctionId }) => {
    const patternId = patternOf.get(correctionId);
    return patternId !== undefined && !addressed.has(patternId);
  });
  return ofOthers.length > 0 ? ofOthers : foreign.filter(({ correctionId }) => !patternOf.has(correctionId));
}

/**
 * The static tier on one improvement: its base against the base with all hunks that were not rejected, on the corrections
 * of held-out sessions. Sessions in which a hunk's evidence stands are never held out. Pure.
 * @throws PipelineError MERGE_CONFLICT when the hunks do not fit the base
 */
export function validateImprovement(input: ImprovementInput, hash: Hash): Validated {
  const { improvement, base, corrections, patterns, configuration, createdAt } = input;
  const hunks = improvement.hunks.filter(({ decision }) => decision !== 'rejected');
  const addressed = new Set(hunks.flatMap(({ patternIds }) => patternIds));
  const evidence = hunks.flatMap((hunk) => hunk.evidence);
  const quoted = new Set(evidence.map(({ correctionId }) => correctionId));
  const seen = new Set(evidence.map(({ sessionId }) => sessionId));
  const own = corrections.filter(({ agentType }) => sameAgent(agentType, improvement.agentType));
  const split = splitSessions(own);
  const heldOut = new Set([...split.heldOut].filter((sessionId) => !seen.has(sessionId)));
  const patternOf = membership([
    ...patterns.filter(({ patternId }) => addressed.has(patternId)),
    ...patterns.filter(({ patternId }) => !addressed.has(patternId)),
  ]);
  const cases = selectCases({
    corrections: own.filter(({ sessionId }) => heldOut.has(sessionId)),
    patternOf,
    isAddressed: (patternId) => patternId !== undefined && addressed.has(patternId),
  });
  const [a, b] = [judgePrompt(base), judgePrompt(applyHunks(base, hunks))];
  const sources = placeboSources(
    corrections.filter(({ correctionId }) => !quoted.has(correctionId)),
    patternOf,
    addressed,
    (correction) => b.judge(correction).passes && !a.judge(correction).passes,
  );
  const placebo = placeboOf(hunks, sources, improvement.improvementId, hash);
  const reportId = reportIdOf(fingerprint(improvement), cases, hash);
  const assessment = assess({
    cases,
    a,
    b,
    placebo: placebo ? judgePrompt(applyHunks(base, placebo.hunks)) : 'none-drawn',
    mustShowNonInferiority: true,
    abTestId: `ab-${reportId}`,
    createdAt,
    configuration,
  });
  const sessions = split.training.size + split.heldOut.size;
  const report = reportOf({
    reportId: `report-${reportId}`,
    improvementId: improvement.improvementId,
    agentType: improvement.agentType,
    assessment,
    notes: [
      `Held out by session and time: ${heldOut.size} of ${sessions} sessions, none of which the edit quotes; one pair a session and pattern, ${cases.length - assessment.abTest.pairs} further corrections as controls for regression.`,
    ],
    placeboText: placebo?.text ?? null,
    heldOut: {
      trainingSessions: sessions - heldOut.size,
      heldOutSessions: heldOut.size,
      splitAt: split.splitAt,
    },
    createdAt,
  });
  return { report, cases, outcomes: assessment.outcomes };
}
