import { schemaVersion } from '../model/common';
import type { Improvement } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Ports } from '../ports';
import { applyHunks } from '../review/applyHunks';
import type { Transaction } from '../transaction/allOrNothing';

type Keeping = Pick<Ports, 'store' | 'audit' | 'clock'>;

/**
 * Stores a new improvement with its working copy, the decision about its patterns, its metrics and its audit entry.
 * @param write where all of it is to be there or none
 */
export async function keepImprovement(
  { store, audit, clock }: Keeping,
  improvement: Improvement,
  base: string,
  patterns: readonly Pattern[],
  write: Pick<Transaction, 'put'>,
): Promise<void> {
  const now = clock.now().toISOString();
  const { improvementId, templateId, hunks } = improvement;
  await write.put('improvements', improvement);
  await write.put('reviewDrafts', {
    schemaVersion,
    improvementId,
    text: applyHunks(base, hunks),
    updatedAt: now,
  });
  if (improvement.status === 'proposed') {
    const proposed = new Set(hunks.flatMap((hunk) => hunk.patternIds));
    for (const { patternId, memberIds } of patterns.filter((each) => proposed.has(each.patternId))) {
      const former = await store.get('patternDecisions', patternId);
      await write.put('patternDecisions', {
        schemaVersion,
        patternId,
        state: 'proposed',
        improvementIds: [...new Set([...(former?.improvementIds ?? []), improvementId])],
        decidedAt: now,
        memberIds: [...memberIds],
      });
    }
  }
  const metrics = await store.get('improvementMetrics', templateId);
  await write.put('improvementMetrics', {
    schemaVersion,
    templateId,
    proposed: (metrics?.proposed ?? 0) + hunks.length,
    accepted: metrics?.accepted ?? 0,
    edited: metrics?.edited ?? 0,
    rejected: metrics?.rejected ?? 0,
    rolledBack: metrics?.rolledBack ?? 0,
    tokenDelta: (metrics?.tokenDelta ?? 0) + hunks.reduce((sum, hunk) => sum + hunk.tokenDelta, 0),
    updatedAt: now,
  });
  await audit.record(
    'improvement.proposed',
    improvementId,
    {
      templateId,
      status: improvement.status,
      baseHash: improvement.baseHash,
      hunkIds: hunks.map((hunk) => hunk.hunkId),
    },
    { before: null, after: improvement },
  );
}

/** Marks an open improvement as replaced by newer ones. */
export async function supersede(
  { audit }: Pick<Keeping, 'audit'>,
  improvement: Improvement,
  by: readonly string[],
  write: Pick<Transaction, 'put'>,
): Promise<void> {
  const after: Improvement = { ...improvement, status: 'superseded' };
  await write.put('improvements', after);
  const change = { before: improvement, after };
  await audit.record('improvement.superseded', improvement.improvementId, { by: [...by] }, change);
}
