import type { HealthCheck } from '../healthCheck';

/** Clocks of two machines, and of a network's disk, may differ by so much. Milliseconds. */
const tolerance = 300_000;

interface Dated {
  readonly what: string;
  readonly at: string;
}

function newest(dated: readonly Dated[]): Dated | undefined {
  return dated.reduce<Dated | undefined>(
    (last, each) => (last !== undefined && Date.parse(last.at) >= Date.parse(each.at) ? last : each),
    undefined,
  );
}

/** Versions, windows of days and alerts go by time: a clock that went back, or a record from the future, upsets all of them. */
export const clockCheck: HealthCheck = {
  name: 'Clock',
  checkedBy:
    'compared the clock with the newest entry of the log of changes, and with the times of the records',
  async run({ records, ports: { clock } }) {
    const now = clock.now().getTime();
    const ahead = ({ at }: Dated) => Date.parse(at) - now > tolerance;
    const audit = newest(
      (await records.log('audit')).records.map(({ entryId, at }) => ({ what: entryId, at })),
    );
    if (audit !== undefined && ahead(audit)) {
      return {
        status: 'failing',
        detail: `The clock went back: it shows ${new Date(now).toISOString()}, and the entry ${audit.what} is of ${audit.at}. Set the clock right.`,
      };
    }
    const dated: Dated[] = [
      ...(await records.list('executions')).records.map((one) => ({
        what: one.executionId,
        at: one.startedAt,
      })),
      ...(await records.list('versions')).records.map((one) => ({ what: one.versionId, at: one.createdAt })),
      ...(await records.list('deployments')).records.map((one) => ({
        what: one.deploymentId,
        at: one.deployedAt,
      })),
      ...(await records.log('corrections')).records.map((one) => ({
        what: one.correctionId,
        at: one.timestamp,
      })),
      ...(await records.log('sessions')).records.map((one) => ({ what: one.sessionId, at: one.endedAt })),
    ];
    const future = dated.filter(ahead);
    const furthest = newest(future);
    if (furthest === undefined) return { status: 'healthy', detail: 'no record is of a later time than now' };
    return {
      status: 'degraded',
      detail: `${future.length} records are of the future, the furthest ${furthest.what} of ${furthest.at}`,
    };
  },
};
