import { PipelineError } from '../errors';
import type { TemplateVersion } from '../model/template';
import { isDraft } from '../templates/versionNumbers';

/** @throws PipelineError ILLEGAL_STATE for a version that is not, or no longer, meant for agents */
export function requireFinished({ version, versionId, status }: TemplateVersion): void {
  if (status === 'archived') {
    throw new PipelineError('ILLEGAL_STATE', `Version ${version} was superseded and is archived.`, {
      subject: versionId,
      remedy: 'Take a version that is not archived; nothing was written.',
    });
  }
  if (status === 'testing') {
    throw new PipelineError('ILLEGAL_STATE', `Version ${version} is being tested and is not approved.`, {
      subject: versionId,
      remedy: 'Approve it first; nothing was written.',
    });
  }
  if (!isDraft(version) && status !== 'draft') return;
  throw new PipelineError(
    'ILLEGAL_STATE',
    `Version ${version} is the draft of a review that is not finished.`,
    {
      subject: versionId,
      remedy: 'Decide the pending hunks or finish the review, then deploy the version that it makes.',
    },
  );
}

/**
 * Refuses edits whose validation said `reject`, also when they come along below the version asked for. Too
 * little evidence stops no person.
 * @returns the reason to be recorded when the gate was overridden
 * @throws PipelineError REFUSED_BY_GATE
 */
export function passGate(
  incoming: readonly TemplateVersion[],
  override: string | undefined,
): string | undefined {
  const refused = incoming.filter((version) => version.validation?.verdict === 'reject');
  const [first] = refused;
  if (!first) return undefined;
  const reason = override?.trim() ?? '';
  if (reason !== '') return reason;
  const names = refused.map((each) => each.version).join(', ');
  const observed = first.validation?.tier === 'observed';
  const who = observed ? 'Real sessions' : 'Validation';
  const where = observed ? 'See experiment' : 'Read report';
  throw new PipelineError('REFUSED_BY_GATE', `${who} rejected the edit in version ${names}.`, {
    subject: first.versionId,
    remedy: `${where} ${first.validation?.reportId ?? ''}; to deploy all the same, override with a reason, which is recorded.`,
  });
}
