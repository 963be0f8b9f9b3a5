import type { AuditEntry } from '../model/audit';
import type { HealthStatus } from '../model/execution';

export interface BackupState {
  /** There is something to encrypt backups with. */
  readonly hasKey: boolean;
  readonly archives: number;
  readonly newest: Date | undefined;
}

export interface BackupHealth {
  readonly status: HealthStatus;
  readonly detail: string;
}

/**
 * Are there backups, and did the last one succeed? Without a key none is made: that is told, and is no fault.
 * @param everyHours of the schedule; 0: none is made by it
 */
export function backupHealth(
  { hasKey, archives, newest }: BackupState,
  everyHours: number,
  audit: readonly AuditEntry[],
  now: Date,
): BackupHealth {
  if (!hasKey) {
    return {
      status: 'healthy',
      detail: 'no encrypted backup is made: there is neither a public key nor a passphrase',
    };
  }
  const last = audit
    .filter(({ action }) => action === 'backup.failed' || action === 'backup.created')
    .reduce<AuditEntry | undefined>(
      (latest, entry) => (latest && latest.at > entry.at ? latest : entry),
      undefined,
    );
  if (last?.action === 'backup.failed') {
    const why = `${String(last.detail['code'])}: ${String(last.detail['about'])}`;
    return {
      status: 'degraded',
      detail: `the last backup failed at ${last.at} (${why}); make one by hand to see why`,
    };
  }
  if (newest === undefined) return { status: 'healthy', detail: 'there is a key, and no archive yet' };
  const hours = Math.max(0, Math.floor((now.getTime() - newest.getTime()) / 3_600_000));
  const isOld = everyHours > 0 && hours > 7 * Math.max(24, everyHours);
  return {
    status: isOld ? 'degraded' : 'healthy',
    detail: isOld
      ? `the newest of ${archives} archives is ${Math.floor(hours / 24)} days old; scheduled ones are made while VS Code is open`
      : `${archives} archives, the newest ${hours} hours old`,
  };
}
