import { throwIfAborted } from '../errors';
import type { PromptImprover } from '../improve/promptImprover';
import type { RuleRequest, RuleWriter } from '../improve/write/writer';
import type { Clock } from '../ports';
import type { Progress } from '../progress';
import { runStage, type StageCounts, type StageRun } from './runStage';

/**
 * Asked once in a run, when it is known what rules are to be written: writers to be asked before the offline one, and what they did
 * as counts of the stage. No lock is held meanwhile.
 */
export type ChooseWriters = (
  requests: readonly RuleRequest[],
  signal: AbortSignal,
) => Promise<{ readonly writers: readonly RuleWriter[]; readonly counts: StageCounts }>;

interface Scope {
  readonly agentTypes: readonly string[];
  readonly patternIds?: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A stage of its own. Where it fails, the run goes on and the offline writer does all of it. */
export function prepareWriters(
  clock: Clock,
  improver: PromptImprover,
  choose: ChooseWriters,
  { onProgress, ...scope }: Scope,
): Promise<StageRun<readonly RuleWriter[]>> {
  return runStage('improve', null, clock, async () => {
    throwIfAborted(scope.signal, 'improve');
    onProgress?.({ stage: 'improve', message: 'Preparing the writers of rules' });
    const { agentTypes, patternIds, signal } = scope;
    const requests = await improver.requests({ agentTypes, signal, ...(patternIds ? { patternIds } : {}) });
    const { writers, counts } = await choose(requests, signal);
    return { value: writers, counts };
  });
}
