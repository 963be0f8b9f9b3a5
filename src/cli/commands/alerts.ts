import type { Alert } from '../../core/model/alert';
import type { Cli, Register } from '../cli';

function lineOf({
  alertId,
  severity,
  rule,
  message,
  remedy,
  raisedAt,
  resolvedAt,
  acknowledgedAt,
}: Alert): string {
  const until = resolvedAt === null ? '' : `, resolved ${resolvedAt}`;
  const known = acknowledgedAt === undefined ? '' : ', acknowledged';
  return `${alertId} ${severity} ${rule} (since ${raisedAt}${until}${known})\n    ${message} ${remedy}`;
}

async function list(cli: Cli, { all }: { readonly all?: boolean }): Promise<void> {
  await cli.withWorkspace(async ({ alerts }) => {
    const { records, skipped } = await alerts.list(all === true ? { all } : {});
    cli.output.skipped(skipped);
    cli.output.answer({ alerts: records, skipped }, () =>
      records.length === 0 ? 'No alert is open.' : records.map(lineOf).join('\n'),
    );
  });
}

async function acknowledge(cli: Cli, alertId: string): Promise<void> {
  await cli.withWorkspace(async ({ alerts }) => {
    const alert = await alerts.acknowledge(alertId);
    cli.output.answer(
      { alert },
      () => `${alertId} is acknowledged; it stays open until its cause has ended.`,
    );
  });
}

async function allowWebhook(cli: Cli): Promise<void> {
  await cli.withWorkspace(async ({ alerts }) => {
    const origin = await alerts.allowWebhook();
    cli.output.answer({ origin }, () => `${origin} is told of alerts of this folder from now on.`);
  });
}

export const registerAlerts: Register = (program, run) => {
  const alerts = program
    .command('alerts')
    .description('what needs looking at, as the last check of health found it')
    .option('--all', 'those that are resolved too')
    .action(run(list));
  alerts
    .command('acknowledge <id>')
    .description('you know of it: it is no news any more')
    .action(run(acknowledge));
  alerts
    .command('allow-webhook')
    .description('let this folder tell the webhook that its configuration names')
    .action(run(allowWebhook));
};
