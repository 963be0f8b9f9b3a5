import { backupHealth } from '../../backup/backupHealth';
import type { HealthCheck } from '../healthCheck';

export const backupsCheck: HealthCheck = {
  name: 'Backups',
  checkedBy: 'looked for archives, and how the last backup ended',
  async run({ probes, configuration, records, ports }) {
    const audit = (await records.log('audit')).records;
    return backupHealth(await probes.backups(), configuration.backup.everyHours, audit, ports.clock.now());
  },
};
