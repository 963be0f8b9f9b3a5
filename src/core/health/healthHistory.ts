import type { Health } from '../model/execution';
import type { Ports } from '../ports';
import { probePrefix } from './checks/store';

/** Records of health are kept for so many days, and so many of them at most. */
const daysKept = 30;
const mostKept = 500;
const dayInMilliseconds = 86_400_000;

export function newestHealth(records: readonly Health[]): Health | undefined {
  return records
    .filter(({ healthId }) => !healthId.startsWith(probePrefix))
    .reduce<Health | undefined>(
      (newest, each) => (newest !== undefined && newest.checkedAt >= each.checkedAt ? newest : each),
      undefined,
    );
}

/** Removes what is old, and probes that a killed process left. */
export async function forgetOldHealth(
  { store, audit, clock }: Pick<Ports, 'store' | 'audit' | 'clock'>,
  records: readonly Health[],
): Promise<void> {
  const now = clock.now().getTime();
  const age = ({ checkedAt }: Health) => (now - Date.parse(checkedAt)) / dayInMilliseconds;
  const isProbe = ({ healthId }: Health) => healthId.startsWith(probePrefix);
  const kept = records
    .filter((each) => !isProbe(each))
    .toSorted((a, b) => (a.checkedAt < b.checkedAt ? 1 : -1));
  const old = [
    ...records.filter((each) => isProbe(each) && age(each) > 1),
    ...kept.filter((each, index) => age(each) > daysKept || index >= mostKept),
  ];
  for (const { healthId } of old) await store.remove('health', healthId);
  if (old.length > 0) await audit.record('health.forgotten', `${old.length}`, { daysKept });
}
