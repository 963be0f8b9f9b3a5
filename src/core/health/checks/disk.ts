import type { HealthCheck } from '../healthCheck';

/** Below it, a run may not have room for its records. Bytes. */
const least = 50_000_000;

const inMegabytes = (bytes: number) => `${Math.floor(bytes / 1_000_000)} MB`;

export const diskCheck: HealthCheck = {
  name: 'Disk',
  checkedBy: 'asked the file system for the free space where the records lie',
  async run({ probes, configuration }) {
    const percent = configuration.alerts.leastFreeDiskPercent;
    const { free, total } = await probes.diskSpace();
    const share = total === 0 ? 100 : (100 * free) / total;
    if (free >= least && share >= percent) {
      // No figure: records of a run that is repeated are to be the same.
      return { status: 'healthy', detail: `at least ${percent}% and ${inMegabytes(least)} are free` };
    }
    const detail = `${inMegabytes(free)} of ${inMegabytes(total)} are free (${share.toFixed(1)}%)`;
    return { status: free < least / 10 ? 'failing' : 'degraded', detail };
  },
};
