import * as vscode from 'vscode';
import type { Finding, FindingSeverity, Place } from '../../core/lint/finding';

export const diagnosticSource = 'Claude PM';

const severities: Readonly<Record<FindingSeverity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export function rangeOf({ line, column, endLine, endColumn }: Place): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

/** A finding as it stands in the Problems view; quick fixes find it again by itself. */
export class FindingDiagnostic extends vscode.Diagnostic {
  constructor(
    readonly finding: Finding,
    folder: vscode.Uri,
  ) {
    super(rangeOf(finding.place), finding.message, severities[finding.severity]);
    this.source = diagnosticSource;
    this.code = finding.code;
    this.relatedInformation = finding.related.map(
      ({ place, message }) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(vscode.Uri.joinPath(folder, place.path), rangeOf(place)),
          message,
        ),
    );
  }
}
