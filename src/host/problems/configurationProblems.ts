import * as vscode from 'vscode';
import { isPipelineError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import { placeOfError } from './placeOfError';

/** Shows in the Problems view what is wrong in `config.json`, at its place, until the folder can be opened. */
export function showConfigurationProblems(session: WorkspaceSession): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection('claude-pm-configuration');
  return vscode.Disposable.from(
    problems,
    session.onDidOpen((error) => {
      problems.clear();
      if (!isPipelineError(error) || error.code !== 'INVALID_CONFIGURATION') return;
      const place = placeOfError(error.subject);
      if (!place) return;
      const start = new vscode.Position(place.line - 1, place.column - 1);
      const range = new vscode.Range(start, start.translate(0, 1));
      const message = error.message.replace(`${error.subject}: `, '');
      const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      problem.source = 'Claude PM';
      problems.set(vscode.Uri.file(place.path), [problem]);
    }),
  );
}
