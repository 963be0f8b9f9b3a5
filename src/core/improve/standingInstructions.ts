import { sameAgent } from '../model/agentType';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Improvement } from '../model/improvement';
import type { Pattern } from '../model/pattern';

const leastLikelihood = 0.5;
const dayMilliseconds = 86_400_000;

/**
 * Corrections of an agent that plainly state what should hold next time too, in the window of days that is counted back from the newest
 * correction of all, of no pattern, and not decided about before. Oldest first.
 */
export function standingInstructions(
  all: readonly Correction[],
  agentType: string,
  patterns: readonly Pattern[],
  improvements: readonly Improvement[],
  { correctionAnalysisDays }: Configuration,
): Correction[] {
  const newest = Math.max(...all.map(({ timestamp }) => Date.parse(timestamp)));
  const members = new Set(patterns.flatMap(({ memberIds }) => memberIds));
  const decided = new Set(
    improvements
      .flatMap(({ hunks }) => hunks)
      .filter((hunk) => hunk.decision !== 'pending' && hunk.patternIds.length === 0)
      .flatMap((hunk) => hunk.evidence.map(({ correctionId }) => correctionId)),
  );
  return all
    .filter(
      (each) =>
        sameAgent(each.agentType, agentType) &&
        each.standingInstruction &&
        each.likelihood >= leastLikelihood &&
        Date.parse(each.timestamp) >= newest - correctionAnalysisDays * dayMilliseconds &&
        !members.has(each.correctionId) &&
        !decided.has(each.correctionId),
    )
    .sort(
      (a, b) =>
        Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.correctionId < b.correctionId ? -1 : 1),
    );
}
