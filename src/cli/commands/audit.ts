import { verifyAudit } from '../../core/audit/auditChain';
import type { Cli, Register } from '../cli';
import { exitStatus } from '../output';

/** An entry that cannot be read is as good as changed: its successor would tell, but the last of a chain has none. */
async function verify(cli: Cli): Promise<void> {
  await cli.withWorkspace(async ({ ports }) => {
    const { records, skipped } = await ports.store.readLog('audit');
    const found = verifyAudit(records, ports.hash);
    const [unreadable] = skipped;
    const firstBroken =
      found.firstBroken ?? (unreadable === undefined ? null : `${unreadable.path}:${unreadable.line}`);
    cli.output.answer({ entries: found.entries, firstBroken, skipped }, () =>
      firstBroken === null
        ? `${found.entries} entries, every chain is whole.`
        : `${found.entries} entries; the first that was changed, or misses what stood before it: ${firstBroken}`,
    );
    if (firstBroken !== null) process.exitCode = exitStatus.failed;
  });
}

export const registerAudit: Register = (program, run) => {
  program
    .command('audit')
    .description('the hash-chained log of every change')
    .command('verify')
    .description('find a changed or missing entry; exit status 1 where there is one')
    .action(run(verify));
};
