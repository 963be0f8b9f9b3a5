import { isPipelineError, PipelineError } from '../../errors';
import { schemaVersion } from '../../model/common';
import type { Health } from '../../model/execution';
import type { HealthCheck, HealthContext } from '../healthCheck';

/** Of records of health that are there for a moment only. */
export const probePrefix = 'probe-';

/** Takes the workspace's lock, writes a record, reads it back and removes it. */
async function writeAndReadBack({ ports: { store, clock, hash } }: HealthContext): Promise<void> {
  const checkedAt = clock.now().toISOString();
  const probe: Health = {
    schemaVersion,
    healthId: `${probePrefix}${hash.sha256(`${store.writer} ${checkedAt}`).slice(0, 16)}`,
    checkedAt,
    status: 'unknown',
    components: [],
    alerts: [],
  };
  await store.exclusive(async () => {
    await store.put('health', probe);
    const back = await store.get('health', probe.healthId);
    await store.remove('health', probe.healthId);
    const gone = (await store.get('health', probe.healthId)) === undefined;
    if (JSON.stringify(back) === JSON.stringify(probe) && gone) return;
    throw new PipelineError('VERIFICATION_FAILED', 'A record that was written was not read back as it was.', {
      subject: probe.healthId,
      remedy: 'Look at the disk that holds .claude-pm; what was stored before is unchanged.',
    });
  });
}

export const storeCheck: HealthCheck = {
  name: 'Store',
  checkedBy: 'took the lock, wrote, read back and removed a record; read every record and log',
  async run(context) {
    const fault = await faultOf(context);
    const { readable, unreadable, prototype } = await context.records.all();
    const left = prototype === 0 ? '' : `, ${prototype} files of the prototype left as they are`;
    const read = `${readable} records, ${unreadable.length} unreadable${left}`;
    const observations = unreadable.map((each) => ({ kind: 'unreadable', ...each }) as const);
    if (fault !== undefined) return { status: 'failing', detail: `${fault} ${read}`, observations };
    return { status: unreadable.length === 0 ? 'healthy' : 'degraded', detail: read, observations };
  },
};

/** Why nothing can be written; what can be read is read all the same. */
async function faultOf(context: HealthContext): Promise<string | undefined> {
  try {
    await writeAndReadBack(context);
    return undefined;
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    return `${error.message} ${error.remedy}`;
  }
}
