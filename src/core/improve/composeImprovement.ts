import { type Strategy as StrategyName, schemaVersion } from '../model/common';
import type { Improvement } from '../model/improvement';
import type { Hash } from '../ports';
import type { Proposal } from './proposal';

/** A hunk and what its confidence is made of. */
export type Weighed = Pick<Proposal, 'hunk' | 'parts'>;

/** Largest effect on the version first. */
const byEffect: readonly StrategyName[] = ['structural', 'replacement', 'contextual', 'additive'];

export interface ImprovementFrame {
  readonly status: 'proposed' | 'draft';
  readonly templateId: string;
  readonly agentType: string;
  readonly baseVersion: string;
  readonly baseHash: string;
  readonly createdAt: string;
  /** Counts up when the same hunks are proposed again after they were decided. */
  readonly round: number;
}

/** An improvement of at least one hunk, in the order of the prompt. Its confidence is that of its weakest hunk. */
export function composeImprovement(
  proposals: readonly [Weighed, ...Weighed[]],
  frame: ImprovementFrame,
  hash: Hash,
): Improvement {
  const { round, ...rest } = frame;
  const hunks = proposals
    .map(({ hunk }) => hunk)
    .sort((a, b) => a.startLine - b.startLine || (a.hunkId < b.hunkId ? -1 : 1));
  const weakest = proposals.reduce((low, each) => (each.hunk.confidence < low.hunk.confidence ? each : low));
  const identity = [frame.templateId, frame.baseHash, frame.status, hunks.map(({ hunkId }) => hunkId)];
  return {
    schemaVersion,
    ...rest,
    improvementId: `i_${hash.sha256(JSON.stringify(round === 0 ? identity : [...identity, round])).slice(0, 16)}`,
    strategy: byEffect.find((name) => hunks.some((hunk) => hunk.strategy === name)) ?? 'additive',
    confidence: weakest.hunk.confidence,
    confidenceParts: weakest.parts,
    hunks,
  };
}
