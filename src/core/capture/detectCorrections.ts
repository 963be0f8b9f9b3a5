import type { CorrectionDraft } from './correctionDraft';
import type { SessionTrace } from './correctionSource';
import { SessionWalk } from './sessionWalk';

export interface Detection {
  readonly drafts: readonly CorrectionDraft[];
  /** Told of in an earlier piece, by the words alone: the agent's answer shows that they are none. */
  readonly withdrawn: readonly CorrectionDraft[];
  /** The human turns, with the agent that each addressed. */
  readonly turns: readonly HumanTurn[];
  /** Interrupt lines that belong to a rejection right before them. */
  readonly mergedInterrupts: readonly LinePlace[];
}

export interface LinePlace {
  readonly line: number;
  readonly lineId: string;
}

export interface HumanTurn extends LinePlace {
  readonly agentType: string;
}

/** Finds the corrections in one session that was read as a whole, whatever tool it was held with. */
export function detectCorrections(trace: SessionTrace): Detection {
  return new SessionWalk(trace.agentType).walk(trace.events);
}
