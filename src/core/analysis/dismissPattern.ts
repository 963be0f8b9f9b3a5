import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { PatternDecision } from '../model/improvement';
import type { Pattern, TrendSeries } from '../model/pattern';
import type { Ports } from '../ports';

type DismissalPorts = Pick<Ports, 'store' | 'audit' | 'clock' | 'access'>;

/** What a dismissal took away, so that it can be taken back. */
export interface Dismissal {
  readonly pattern: Pattern;
  readonly trend: TrendSeries | undefined;
  readonly before: PatternDecision | undefined;
  readonly decision: PatternDecision;
}

/**
 * Takes a pattern out of sight until new sessions bring it back: the decision is kept, and the records go that the next
 * analysis would remove. Its corrections stay. @throws PipelineError NOT_FOUND, LOCKED, STORAGE_FAILED
 */
export async function dismissPattern(
  { store, audit, clock, access }: DismissalPorts,
  patternId: string,
): Promise<Dismissal> {
  await access?.require('patterns.decide');
  return store.exclusive(async () => {
    const pattern = await store.get('patterns', patternId);
    if (!pattern) {
      throw new PipelineError('NOT_FOUND', `There is no pattern ${patternId}.`, {
        subject: patternId,
        remedy: 'It may have gone with the last analysis; nothing was changed.',
      });
    }
    const trend = await store.get('trends', patternId);
    const before = await store.get('patternDecisions', patternId);
    const decision: PatternDecision = {
      schemaVersion,
      patternId,
      state: 'dismissed',
      improvementIds: before?.improvementIds ?? [],
      decidedAt: clock.now().toISOString(),
      memberIds: pattern.memberIds,
    };
    await store.put('patternDecisions', decision);
    await store.remove('patterns', patternId);
    await store.remove('trends', patternId);
    const change = { before: before ?? null, after: decision };
    await audit.record('pattern.dismissed', patternId, { members: pattern.memberIds.length }, change);
    return { pattern, trend, before, decision };
  });
}

/** Takes a dismissal back. What was decided or found anew since then stays as it is. */
export async function restorePattern(
  { store, audit, access }: DismissalPorts,
  { pattern, trend, before, decision }: Dismissal,
): Promise<void> {
  await access?.require('patterns.decide');
  const { patternId } = pattern;
  await store.exclusive(async () => {
    const now = await store.get('patternDecisions', patternId);
    if (now?.state === 'dismissed' && now.decidedAt === decision.decidedAt) {
      if (before) await store.put('patternDecisions', before);
      else await store.remove('patternDecisions', patternId);
    }
    if (!(await store.get('patterns', patternId))) {
      if (trend) await store.put('trends', trend);
      await store.put('patterns', pattern);
    }
    const after = (await store.get('patternDecisions', patternId)) ?? null;
    await audit.record('pattern.restored', patternId, {}, { before: now ?? null, after });
  });
}
