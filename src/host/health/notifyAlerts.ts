import * as vscode from 'vscode';
import type { Alert } from '../../core/model/alert';
import { commandIds } from '../ids';
import { sentence, withoutLinks } from '../plainText';
import { plural } from '../plural';
import { showError } from '../showError';

/** So many notifications at once; more are told of in one. */
const mostAtOnce = 3;
const silentKey = 'claudePm.silentAlertRules';

const labels = {
  health: 'Show Health',
  adopt: 'Adopt Edit',
  rollBack: 'Roll Back…',
  open: 'Open File',
  never: 'Don’t Show Again',
} as const;

/** What the monitor of experiments tells of itself, in the window that did it. */
const toldElsewhere: readonly string[] = ['canaryRolledBack'];

/** Rules whose alerts are not told of in a notification, as the person wants none or got one; they stay in the status bar and the Problems view. */
export function silentRules({ globalState }: vscode.ExtensionContext): ReadonlySet<string> {
  return new Set([...toldElsewhere, ...globalState.get<readonly string[]>(silentKey, [])]);
}

function choicesFor({ rule, path }: Alert): readonly string[] {
  // A fourth button would cut the words of all of them.
  if (rule === 'drift') return [labels.adopt, labels.rollBack, labels.never];
  return [...(path === undefined ? [] : [labels.open]), labels.health, labels.never];
}

async function act(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
  alert: Alert,
  choice: string,
): Promise<void> {
  if (choice === labels.health) await vscode.commands.executeCommand(commandIds.checkHealth);
  if (choice === labels.adopt) await vscode.commands.executeCommand(commandIds.initialize);
  if (choice === labels.rollBack) {
    await vscode.commands.executeCommand(commandIds.rollBack, { templateId: alert.subject });
  }
  if (choice === labels.open && alert.path !== undefined) {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder, alert.path));
  }
  if (choice === labels.never) {
    await context.globalState.update(silentKey, [...new Set([...silentRules(context), alert.rule])]);
  }
}

const shows = {
  error: vscode.window.showErrorMessage,
  warning: vscode.window.showWarningMessage,
  info: vscode.window.showInformationMessage,
} as const;

/** Shows each of these once. Not awaited: a notification stays until the person closes it. */
export function notifyAlerts(
  context: vscode.ExtensionContext,
  folder: vscode.Uri,
  alerts: readonly Alert[],
  log: vscode.LogOutputChannel,
): void {
  const shown = alerts.length > mostAtOnce ? [] : alerts;
  const tell = (error: unknown) => showError(log, error);
  for (const alert of shown) {
    const message = withoutLinks(`Claude PM: ${sentence(alert.message)} ${alert.remedy}`);
    void shows[alert.severity](message, ...choicesFor(alert))
      .then((choice) => (choice === undefined ? undefined : act(context, folder, alert, choice)))
      .then(undefined, tell);
  }
  if (alerts.length <= mostAtOnce) return;
  const [gravest] = alerts;
  const message = withoutLinks(
    `Claude PM: ${plural(alerts.length, 'new alert')}, the gravest: ${gravest?.message ?? ''}`,
  );
  void shows[gravest?.severity ?? 'warning'](message, labels.health)
    .then((choice) =>
      choice === undefined ? undefined : vscode.commands.executeCommand(commandIds.checkHealth),
    )
    .then(undefined, tell);
}
