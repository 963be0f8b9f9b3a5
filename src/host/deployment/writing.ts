import * as vscode from 'vscode';
import { templatesViewId } from '../ids';

/** Shows in the view of the prompts that files are being written: a backup before it, or a slow disk, takes a moment. */
export function writing<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(vscode.window.withProgress({ location: { viewId: templatesViewId } }, work));
}
