import * as vscode from 'vscode';
import type { Alert } from '../../core/model/alert';
import { sentence } from '../plainText';
import { diagnosticSource } from '../problems/diagnostics';
import type { HealthMonitor } from './healthMonitor';

const severities: Readonly<Record<Alert['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** The alert's file; `undefined` for one that is not in the folder. */
function fileOf(folder: vscode.Uri, { path }: Alert): vscode.Uri | undefined {
  if (path === undefined || path.startsWith('~') || path.startsWith('/') || path.split('/').includes('..'))
    return undefined;
  return vscode.Uri.joinPath(folder, path);
}

/** The check of the prompts tells of the same, with a fix. */
function isToldByCheck(uri: vscode.Uri, { rule }: Alert): boolean {
  return (
    rule === 'brokenTarget' &&
    vscode.languages
      .getDiagnostics(uri)
      .some(
        ({ code, severity }) =>
          code === 'ignored-frontmatter' && severity === vscode.DiagnosticSeverity.Error,
      )
  );
}

/** Open alerts that are about a file, in the Problems view at that file: drift, files that their tool cannot read, records that cannot be read. */
export function registerHealthProblems(monitor: HealthMonitor): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('claudePmHealth');

  function update(): void {
    collection.clear();
    const found = monitor.found;
    if (found === undefined) return;
    const byFile = new Map<string, { uri: vscode.Uri; diagnostics: vscode.Diagnostic[] }>();
    for (const alert of found.alerts) {
      const uri = fileOf(found.folder, alert);
      if (uri === undefined || isToldByCheck(uri, alert)) continue;
      const line = Math.max(0, (alert.line ?? 1) - 1);
      const diagnostic = new vscode.Diagnostic(
        new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER),
        `${sentence(alert.message)} ${alert.remedy}`,
        severities[alert.severity],
      );
      diagnostic.source = diagnosticSource;
      diagnostic.code = alert.rule;
      const own = byFile.get(uri.toString()) ?? { uri, diagnostics: [] };
      own.diagnostics.push(diagnostic);
      byFile.set(uri.toString(), own);
    }
    for (const { uri, diagnostics } of byFile.values()) collection.set(uri, diagnostics);
  }

  return vscode.Disposable.from(collection, monitor.onDidCheck(update));
}
