import * as vscode from 'vscode';
import type { Command } from '../command';
import { storeWebhookSecret } from '../health/hostWebhook';
import { commandIds } from '../ids';

/** The secret that alerts to the webhook are signed with: kept in the system's store of secrets, in no setting or file. */
export const setWebhookSecret: Command = {
  id: commandIds.setWebhookSecret,
  needsTrust: true,
  async run(host) {
    const secret = await vscode.window.showInputBox({
      title: 'Secret of the Alert Webhook',
      prompt:
        'Alerts are signed with it (HMAC-SHA256). Kept in the system’s store of secrets; empty takes it away.',
      password: true,
      ignoreFocusOut: true,
    });
    if (secret === undefined) return undefined;
    const kept = secret.trim() === '' ? undefined : secret.trim();
    await storeWebhookSecret(host.context, kept);
    void vscode.window.showInformationMessage(
      kept === undefined ? 'No secret is kept for the webhook.' : 'The secret of the webhook is kept.',
    );
    return { kept: kept !== undefined };
  },
};
