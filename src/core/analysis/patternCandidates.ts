import type { PatternDecision } from '../model/improvement';
import { type Confidence, confidenceOf } from './confidence';
import { type CorrectionGroup, partOf } from './correctionGroups';
import type { CorrectionTable } from './correctionTable';
import { isDismissed } from './dismissals';

/** The agent whose prompt all others read too. */
const everyone = 'main';

/** Share of the members from which a group is one agent's matter, whatever strays into it. */
const clearMajority = 0.75;

/** What recurs surely enough to be a pattern. */
export interface Candidate {
  readonly part: CorrectionGroup;
  readonly confidence: Confidence;
  /** It recurs across agents and with none of them alone: a matter for the prompt that all of them read. */
  readonly shared: boolean;
  isDismissed(decision: PatternDecision | undefined): boolean;
}

/**
 * Agent by agent, the groups that pass the threshold; and where no agent's part does alone but the whole does, the whole: as a
 * pattern of the agent that has nearly all of it, else of the main thread's prompt.
 */
export function patternCandidates(
  table: CorrectionTable,
  groups: readonly CorrectionGroup[],
  threshold: number,
): Candidate[] {
  const candidate = (part: CorrectionGroup, shared: boolean): Candidate => ({
    part,
    confidence: confidenceOf(part.sessions, part.likeness),
    shared,
    isDismissed: (decision) =>
      isDismissed(
        decision,
        decision === undefined
          ? []
          : part.members.map((row) => ({ correctionId: table.id(row), session: table.session(row) })),
      ),
  });
  const passes = ({ confidence: { confidence } }: Candidate): boolean => confidence >= threshold;
  return groups.flatMap((group) => {
    // Parts can only have fewer sessions than the whole.
    const whole = candidate({ ...group, agentType: everyone }, true);
    if (!passes(whole)) return [];
    const agents = [...new Set(group.members.map((row) => table.agents.name(table.agent(row))))].sort();
    const parts = agents.map((agentType) =>
      candidate(agents.length === 1 ? { ...group, agentType } : partOf(table, group, agentType), false),
    );
    const passing = parts.filter(passes);
    if (passing.length > 0 || agents.length < 2) return passing;
    const major = parts.find(({ part }) => part.members.length >= clearMajority * group.members.length);
    return [major === undefined ? whole : candidate({ ...group, agentType: major.part.agentType }, false)];
  });
}
