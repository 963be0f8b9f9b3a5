import { schemaVersion } from '../model/common';
import type { TemplateContext } from '../templates/templateRecords';
import type { Transaction } from '../transaction/allOrNothing';
import type { RollbackTarget } from './planRollback';

/**
 * A rolled-back edit counts against its proposals, and its patterns are not proposed again without new
 * evidence.
 */
export async function recordUndoneImprovements(
  { ports }: TemplateContext,
  transaction: Transaction,
  { template, undone, patternIds }: RollbackTarget,
): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now().toISOString();
  const improvements = new Set(undone.flatMap((each) => each.improvementId ?? []));
  if (improvements.size > 0) {
    const { templateId } = template;
    const known = await store.get('improvementMetrics', templateId);
    const none = { proposed: 0, accepted: 0, edited: 0, rejected: 0, rolledBack: 0, tokenDelta: 0 };
    const metrics = known ?? { schemaVersion, templateId, ...none, updatedAt: now };
    const rolledBack = metrics.rolledBack + improvements.size;
    await transaction.put('improvementMetrics', { ...metrics, rolledBack, updatedAt: now });
  }
  for (const patternId of patternIds) {
    const pattern = await store.get('patterns', patternId);
    const known = await store.get('patternDecisions', patternId);
    const decided = undone.filter((each) => each.patternIds.includes(patternId));
    await transaction.put('patternDecisions', {
      schemaVersion,
      patternId,
      state: 'rejected',
      improvementIds: [
        ...new Set([
          ...(known?.improvementIds ?? []),
          ...decided.flatMap((each) => each.improvementId ?? []),
        ]),
      ],
      decidedAt: now,
      memberIds: pattern?.memberIds ?? known?.memberIds ?? [],
    });
  }
}
