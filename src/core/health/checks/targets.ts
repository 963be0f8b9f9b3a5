import { type ExpectedContent, expectedContent } from '../../deploy/expectedContent';
import { isPipelineError } from '../../errors';
import type { Template } from '../../model/template';
import { isPersonal } from '../../prompt/kinds/kindOf';
import type { CheckOutcome, HealthCheck, HealthContext, Observation } from '../healthCheck';
import { targetFault } from '../targetFault';

/** `unasked`: one of the person's own, which this workspace may not look at. */
type Reading = 'unasked' | { readonly bytes: Uint8Array | undefined } | { readonly reason: string };

async function read({ ports }: HealthContext, path: string): Promise<Reading> {
  try {
    return { bytes: await ports.promptFiles.read(path) };
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    if (isPersonal(path) && error.code === 'PERMISSION_DENIED') return 'unasked';
    return { reason: error.message };
  }
}

async function observe(
  context: HealthContext,
  { templateId, path }: Template,
  { contentHash, version, deploymentId }: ExpectedContent,
): Promise<readonly Observation[]> {
  const target = (line: number, reason: string, remedy: string): Observation => {
    return { kind: 'target', templateId, path, line, reason, remedy };
  };
  const reading = await read(context, path);
  if (reading === 'unasked') return [];
  if ('reason' in reading) {
    return [target(0, reading.reason, 'Give yourself permission for the file; it was left as it is.')];
  }
  const { bytes } = reading;
  const holds = bytes === undefined ? null : context.ports.hash.sha256(bytes);
  const drift: Observation[] =
    holds === contentHash
      ? []
      : [{ kind: 'drift', templateId, path, version, deploymentId, exists: bytes !== undefined }];
  if (bytes === undefined) return drift;
  const fault = targetFault(path, bytes);
  const unwritable = await context.probes.unwritable(path);
  return [
    ...drift,
    ...(fault === undefined
      ? []
      : [target(fault.line, fault.reason, 'Mend the file, or roll back to the version before.')]),
    ...(unwritable === undefined
      ? []
      : [target(0, `it cannot be written: ${unwritable}`, 'Give yourself permission to write it.')]),
  ];
}

function outcome(checked: number, observations: readonly Observation[]): CheckOutcome {
  const drifted = observations.filter(({ kind }) => kind === 'drift').length;
  const broken = observations.length - drifted;
  return {
    status: broken > 0 ? 'failing' : drifted > 0 ? 'degraded' : 'healthy',
    detail: `${checked} files, ${drifted} not as deployed, ${broken} that cannot be read by their tool or written`,
    observations,
  };
}

export const targetsCheck: HealthCheck = {
  name: 'Targets',
  checkedBy:
    'read every agent’s file as its tool does, compared it with what was deployed, and tried to write beside it',
  async run(context) {
    const { records } = context;
    const templates = (await records.list('templates')).records;
    if (templates.length === 0) return { status: 'unknown', detail: 'No prompt was adopted yet.' };
    const deployments = (await records.list('deployments')).records;
    const versions = (await records.list('versions')).records;
    const observations: Observation[] = [];
    let checked = 0;
    for (const template of templates) {
      const expected = expectedContent(template, deployments, versions);
      if (expected === undefined) continue;
      checked += 1;
      observations.push(...(await observe(context, template, expected)));
    }
    return outcome(checked, observations);
  },
};
