import { PipelineError } from '../errors';
import type { Improvement } from '../model/improvement';
import type { Store } from '../ports';

/** @throws PipelineError NOT_FOUND */
export async function getImprovement(store: Store, improvementId: string): Promise<Improvement> {
  const improvement = await store.get('improvements', improvementId);
  if (improvement) return improvement;
  throw new PipelineError('NOT_FOUND', `There is no improvement "${improvementId}".`, {
    subject: improvementId,
    remedy: 'List the pending improvements for their ids.',
  });
}
