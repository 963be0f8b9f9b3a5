import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';

interface PageItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** The pages that come with the extension, each with its heading: they can be read without a network. */
async function pages(extension: vscode.Uri): Promise<readonly PageItem[]> {
  const folder = vscode.Uri.joinPath(extension, 'docs');
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const items = names
    .filter((name) => name.endsWith('.md'))
    .map(async (name): Promise<PageItem> => {
      const uri = vscode.Uri.joinPath(folder, name);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      const heading = /^# (.+)/m.exec(text)?.[1] ?? name;
      return { label: heading.replaceAll('`', ''), description: `docs/${name}`, uri };
    });
  return (await Promise.all(items)).sort((a, b) => a.label.localeCompare(b.label));
}

export const openDocumentation: Command = {
  id: commandIds.openDocumentation,
  needsTrust: false,
  async run({ context }) {
    const chosen = await vscode.window.showQuickPick(pages(context.extensionUri), {
      title: 'Documentation',
      placeHolder: 'What do you want to read?',
    });
    if (!chosen) return undefined;
    await vscode.commands.executeCommand('markdown.showPreview', chosen.uri);
    return { opened: chosen.description };
  },
};
