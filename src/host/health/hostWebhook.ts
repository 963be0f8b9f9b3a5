import * as vscode from 'vscode';
import type { OwnWebhook } from '../../node/alerts/alertDesk';
import type { Workspace } from '../../node/openWorkspace';
import { ownText } from '../ownSetting';
import { withoutLinks } from '../plainText';

const secretName = 'claudePm.webhookSecret';
/** Kept for each folder: addresses that the person does not want to be asked for again. */
const refusedKey = 'claudePm.refusedWebhooks';

/** What the person set themselves: an address in their own settings, a secret in the system's store. */
export async function ownWebhook({ secrets }: vscode.ExtensionContext): Promise<OwnWebhook> {
  return { address: ownText('alertWebhook'), secret: await secrets.get(secretName) };
}

/** An `undefined` secret takes the stored one away. */
export async function storeWebhookSecret(
  { secrets }: vscode.ExtensionContext,
  secret: string | undefined,
): Promise<void> {
  if (secret === undefined) await secrets.delete(secretName);
  else await secrets.store(secretName, secret);
}

/** Tells the webhook of what is new. A folder's own one waits for the person's word; that it failed is kept with the alerts and in the log. */
export async function tellWebhook(
  context: vscode.ExtensionContext,
  { alerts }: Workspace,
  log: vscode.LogOutputChannel,
  signal: AbortSignal,
): Promise<void> {
  const own = await ownWebhook(context);
  const state = await alerts.webhook(own);
  if (state === undefined || !vscode.workspace.isTrusted) return;
  if (state.fault !== undefined) {
    log.warn(state.fault);
    return;
  }
  if (!state.allowed && !(await isAllowedNow(context, alerts, state.origin))) return;
  const outcome = await alerts.deliver({ ...own, signal });
  if (outcome?.state === 'failed') {
    log.warn(
      `${state.origin} was not told of ${outcome.alerts} alerts after ${outcome.attempts} attempts: ${outcome.detail}`,
    );
  }
}

/** Addresses that are being asked for in this window: not twice at the same time. */
const asking = new Set<string>();

async function isAllowedNow(
  { workspaceState }: vscode.ExtensionContext,
  alerts: Workspace['alerts'],
  origin: string,
): Promise<boolean> {
  const refused = workspaceState.get<readonly string[]>(refusedKey, []);
  if (asking.has(origin) || refused.includes(origin)) return false;
  asking.add(origin);
  const [allow, never] = ['Allow', 'Never'];
  // Not awaited: the check of health goes on, and the next one tells what waits.
  void vscode.window
    .showWarningMessage(
      withoutLinks(
        `This folder’s configuration wants alerts to be sent to ${origin}: their rules, ids and paths, and no prompt’s text. Allow it?`,
      ),
      allow,
      never,
    )
    .then(async (choice) => {
      if (choice === allow) await alerts.allowWebhook();
      if (choice === never) await workspaceState.update(refusedKey, [...refused, origin]);
      if (choice === allow) asking.delete(origin);
    });
  return false;
}
