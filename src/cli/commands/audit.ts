import { InvalidArgumentError } from 'commander';
import { headLine, headsOf, parseHeadLine } from '../../core/audit/auditHeads';
import { auditEntries, auditLine } from '../../core/audit/auditText';
import { type LogVerification, verifyLog } from '../../core/audit/verifyLog';
import { isPipelineError } from '../../core/errors';
import type { AuditHead } from '../../core/model/audit';
import type { Cli, Register } from '../cli';
import { time } from '../input';
import { exitStatus } from '../output';

interface VerifyOptions {
  readonly head?: readonly AuditHead[];
}

interface LogOptions {
  readonly subject?: string;
  readonly action?: string;
  readonly since?: Date;
}

function headOption(value: string): readonly AuditHead[] {
  try {
    return parseHeadLine(value);
  } catch (error) {
    if (isPipelineError(error)) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

/** An entry that cannot be read is as good as changed: its successor would tell, but the last of a chain has none. */
async function verify(cli: Cli, { head }: VerifyOptions): Promise<void> {
  await cli.withWorkspace(async ({ ports }) => {
    const { records, skipped } = await ports.store.readLines('audit');
    const found = verifyLog(records, skipped, ports.hash, head);
    const { torn, problems, firstBroken } = found;
    const unread = [...torn, ...problems.filter(({ entryId }) => entryId === null)];
    cli.output.skipped(torn);
    cli.output.answer(
      { ...found, skipped: unread.map(({ path, line, reason }) => ({ path, line, reason })) },
      () => verificationText(found),
    );
    if (firstBroken !== null) process.exitCode = exitStatus.failed;
  });
}

function verificationText({ entries, firstBroken, problems }: LogVerification): string {
  if (firstBroken === null) return `${entries} entries, every chain is whole.`;
  return [
    `${entries} entries; the first that was changed, or misses what stood before it: ${firstBroken}`,
    ...problems.map(({ path, line, reason, entryId }) => {
      return `${path}:${line}: ${entryId === null ? '' : `${entryId}: `}${reason}`;
    }),
  ].join('\n');
}

async function head(cli: Cli): Promise<void> {
  await cli.withWorkspace(async ({ ports }) => {
    const { records, skipped } = await ports.store.readLog('audit');
    cli.output.skipped(skipped);
    const heads = headsOf(records);
    cli.output.answer({ heads, line: headLine(heads), skipped }, () => headLine(heads));
  });
}

async function log(cli: Cli, filter: LogOptions): Promise<void> {
  await cli.withWorkspace(async ({ ports }) => {
    const { records, skipped } = await ports.store.readLog('audit');
    cli.output.skipped(skipped);
    const entries = auditEntries(records, filter);
    cli.output.answer({ entries, skipped }, () => entries.map(auditLine).join('\n'));
  });
}

export const registerAudit: Register = (program, run) => {
  const audit = program.command('audit').description('the hash-chained log of every change');
  audit
    .command('verify')
    .description('find a changed or missing entry; exit status 1 where there is one')
    .option('--head <line>', 'also check against a line that "audit head" printed before', headOption)
    .action(run(verify));
  audit
    .command('head')
    .description('where every chain ends, as one line to keep elsewhere')
    .action(run(head));
  audit
    .command('log')
    .description('list the entries: when, who, what, from which bytes to which, why')
    .option('--subject <id>', 'only what has to do with it: a template, an improvement, a correction, a run')
    .option('--action <name>', 'only such changes, as in "template" or "template.deployed"')
    .option('--since <iso>', 'only from this time on', time)
    .action(run(log));
};
