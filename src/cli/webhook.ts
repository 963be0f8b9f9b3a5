import type { Workspace } from '../node/openWorkspace';
import type { Cli } from './cli';

/** The person's own address and secret, from the environment. */
export function ownWebhook() {
  const address = process.env['CLAUDE_PM_WEBHOOK_URL'] ?? '';
  const secret = process.env['CLAUDE_PM_WEBHOOK_SECRET'];
  return { address, ...(secret === undefined ? {} : { secret }) };
}

/** Tells the webhook of new alerts. That it could not is said, kept with the alerts, and fails nothing. */
export async function tellWebhook(cli: Cli, { alerts }: Workspace): Promise<void> {
  const own = ownWebhook();
  const state = await alerts.webhook(own);
  if (state === undefined) return;
  if (state.fault !== undefined) cli.output.note(`warning: ${state.fault}`);
  else if (!state.allowed) {
    cli.output.note(
      `warning: ${state.origin} is not told of alerts: it comes with this folder. Allow it with "claude-pm-prompts alerts allow-webhook".`,
    );
  }
  const outcome = await alerts.deliver({ ...own, signal: cli.signal });
  if (outcome?.state === 'failed') {
    cli.output.note(
      `warning: ${state.origin} was not told of ${outcome.alerts} alerts after ${outcome.attempts} attempts: ${outcome.detail}`,
    );
  }
}

/** A run that did not complete is raised now, not with the next check; and whoever is to be told is told. */
export async function alertAfterRun(cli: Cli, workspace: Workspace, completed: boolean): Promise<void> {
  const own = ownWebhook();
  if (!completed) await workspace.health({ webhook: await workspace.alerts.webhook(own) });
  await tellWebhook(cli, workspace);
}
