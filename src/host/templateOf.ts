import * as vscode from 'vscode';
import type { Template } from '../core/model/template';
import type { WorkspaceSession } from './workspaceSession';

/** The template whose file this is. */
export async function templateOf(session: WorkspaceSession, uri: vscode.Uri): Promise<Template | undefined> {
  const snapshot = await session.snapshot();
  const folder = await session.folder();
  if (snapshot === undefined || folder === undefined) return undefined;
  const file = uri.toString();
  return snapshot.templates
    .map(({ template }) => template)
    .find(({ path }) => vscode.Uri.joinPath(folder, path).toString() === file);
}
