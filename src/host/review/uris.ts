import * as vscode from 'vscode';
import type { Template } from '../../core/model/template';
import { promptExtension, schemes } from '../ids';

// Address of every virtual document: `<scheme>:/<id>/<name of the file>.claude-prompt`, the version's number before the
// name. The extension gives them our language, in which a diff shows CodeLenses.

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function currentUri(improvementId: string, path: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: schemes.current,
    path: `/${improvementId}/${fileName(path)}${promptExtension}`,
  });
}

export function proposalUri(improvementId: string, path: string): vscode.Uri {
  return currentUri(improvementId, path).with({ scheme: schemes.proposal });
}

export function versionUri(template: Pick<Template, 'templateId' | 'path'>, version: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: schemes.version,
    path: `/${template.templateId}/${version}/${fileName(template.path)}${promptExtension}`,
  });
}

/** The id that a document of a review or version bears; `undefined` for any other. */
export function idOf(uri: vscode.Uri): string | undefined {
  const known: readonly string[] = Object.values(schemes);
  return known.includes(uri.scheme) ? uri.path.split('/')[1] : undefined;
}

export function versionOf(uri: vscode.Uri): { templateId: string; version: string } | undefined {
  const [, templateId, version] = uri.path.split('/');
  return uri.scheme === schemes.version && templateId && version ? { templateId, version } : undefined;
}
