import type { TemplateContext } from '../templates/templateRecords';
import type { Transaction } from '../transaction/allOrNothing';
import type { RollbackTarget } from './planRollback';

/** The opposite of `recordUndoneImprovements`, where a rollback is taken back: its edits count for their proposals again. */
export async function recordRedoneImprovements(
  { ports }: TemplateContext,
  transaction: Transaction,
  { template, incoming }: RollbackTarget,
): Promise<void> {
  const { store, clock } = ports;
  const now = clock.now().toISOString();
  const improvements = new Set(incoming.flatMap((each) => each.improvementId ?? []));
  const metrics = await store.get('improvementMetrics', template.templateId);
  if (metrics && improvements.size > 0) {
    const rolledBack = Math.max(0, metrics.rolledBack - improvements.size);
    await transaction.put('improvementMetrics', { ...metrics, rolledBack, updatedAt: now });
  }
  for (const patternId of new Set(incoming.flatMap((each) => each.patternIds))) {
    const known = await store.get('patternDecisions', patternId);
    const own = known?.improvementIds.some((id) => improvements.has(id)) ?? false;
    if (!known || !own || known.state !== 'rejected') continue;
    await transaction.put('patternDecisions', { ...known, state: 'addressed', decidedAt: now });
  }
}
