import * as vscode from 'vscode';
import { commandIds } from '../ids';
import { isolated, oneLine } from '../plainText';
import { plural } from '../plural';
import type { HealthMonitor } from './healthMonitor';

/** Right of the runs and reviews. */
const priority = 49;
const mostLines = 6;

/** There while something needs looking at: an open alert that nobody has acknowledged, or a component that fails. */
export function createHealthStatus(monitor: HealthMonitor): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('claudePm.health', vscode.StatusBarAlignment.Left, priority);
  item.name = 'Claude PM Health';
  item.command = commandIds.checkHealth;

  function update(): void {
    const found = monitor.found;
    const alerts = (found?.alerts ?? []).filter(
      ({ severity, acknowledgedAt }) => severity !== 'info' && acknowledgedAt === undefined,
    );
    const failing = found?.health.components.filter(({ status }) => status === 'failing') ?? [];
    if (alerts.length === 0 && failing.length === 0) {
      item.hide();
      return;
    }
    const grave = failing.length > 0 || alerts.some(({ severity }) => severity === 'error');
    const lines =
      alerts.length > 0
        ? alerts.map(({ message }) => message)
        : failing.map(({ name, detail }) => `${name}: ${detail}`);
    const label = `Claude PM: ${alerts.length > 0 ? plural(alerts.length, 'alert') : plural(failing.length, 'failing component')}`;
    item.text = `$(${grave ? 'error' : 'warning'}) ${lines.length}`;
    item.tooltip = [
      label,
      ...lines.slice(0, mostLines).map((line) => isolated(oneLine(line, 160))),
      ...(lines.length > mostLines ? ['…'] : []),
    ].join('\n');
    item.accessibilityInformation = { label: `${label}. ${oneLine(lines[0] ?? '', 160)}` };
    item.backgroundColor = new vscode.ThemeColor(
      grave ? 'statusBarItem.errorBackground' : 'statusBarItem.warningBackground',
    );
    item.show();
  }

  update();
  return vscode.Disposable.from(item, monitor.onDidCheck(update));
}
