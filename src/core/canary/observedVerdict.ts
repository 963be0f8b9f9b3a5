import type { Verdict } from '../model/common';
import type { Experiment, ExperimentEnd } from '../model/experiment';
import type { TemplateVersion } from '../model/template';
import type { Ports } from '../ports';
import { versionIdOf } from '../templates/templateRecords';
import type { Transaction } from '../transaction/allOrNothing';

/** What sessions said of the candidate; undefined where they were not asked to the end. */
export function observedVerdict(cause: ExperimentEnd['cause']): Verdict | undefined {
  switch (cause) {
    case 'superior':
    case 'not-worse':
      return 'ship';
    case 'harm':
      return 'reject';
    case 'time-over':
      return 'inconclusive';
    case 'ratio-broken':
    case 'candidate-broken':
    case 'request':
      return undefined;
  }
}

/**
 * Writes the verdict to the candidate's version, where gates look for it: evidence of the tier `observed` says more than any other, but for
 * having found nothing.
 */
export async function noteVerdict(
  { store }: Pick<Ports, 'store'>,
  transaction: Transaction,
  { experimentId, templateId, candidate, dryRun }: Experiment,
  { cause }: ExperimentEnd,
): Promise<void> {
  const verdict = observedVerdict(cause);
  if (verdict === undefined || dryRun) return;
  const version = await store.get('versions', versionIdOf(templateId, candidate.version));
  if (version === undefined || (verdict === 'inconclusive' && saysMore(version))) return;
  const validation = { reportId: experimentId, verdict, tier: 'observed' } as const;
  await transaction.put('versions', { ...version, validation });
}

function saysMore({ validation }: TemplateVersion): boolean {
  return validation !== undefined && validation.tier !== 'static' && validation.verdict !== 'inconclusive';
}
