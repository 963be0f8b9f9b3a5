import * as vscode from 'vscode';
import { plannedScheme } from '../ids';

const texts = new Map<string, string>();

/** Makes a text readable under an address of its own, for a diff. */
export function showPlannedText(file: string, which: 'now' | 'planned', text: string): vscode.Uri {
  const uri = vscode.Uri.from({ scheme: plannedScheme, path: `/${file}`, query: `${which}-${texts.size}` });
  texts.set(uri.toString(), text);
  return uri;
}

/** The read-only documents behind those addresses. */
export function registerPlannedTexts(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(plannedScheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}
