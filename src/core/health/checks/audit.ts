import { verifyAudit } from '../../audit/auditChain';
import type { HealthCheck } from '../healthCheck';

export const auditCheck: HealthCheck = {
  name: 'Audit',
  checkedBy: 'computed the hash chain of every writer anew',
  async run({ records, ports: { hash } }) {
    const { records: entries, skipped } = await records.log('audit');
    const [unreadable] = skipped;
    const found = verifyAudit(entries, hash);
    const firstBroken =
      found.firstBroken ?? (unreadable === undefined ? null : `${unreadable.path}:${unreadable.line}`);
    if (firstBroken === null) {
      return { status: 'healthy', detail: `${found.entries} entries, every chain is whole` };
    }
    return {
      status: 'failing',
      detail: `${found.entries} entries; the first that was changed, or misses what stood before it: ${firstBroken}`,
      observations: [{ kind: 'audit', firstBroken }],
    };
  },
};
