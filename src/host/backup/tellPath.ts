import * as vscode from 'vscode';
import { withoutLinks } from '../plainText';

const copy = 'Copy Path';

/** Tells what lies where. Not awaited: the notification stays until the person closes it. */
export function tellPath(text: string, path: string): void {
  void vscode.window.showInformationMessage(withoutLinks(text), copy).then((choice) => {
    if (choice === copy) void vscode.env.clipboard.writeText(path);
  });
}
