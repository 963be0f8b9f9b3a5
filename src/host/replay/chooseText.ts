import * as vscode from 'vscode';
import type { Host } from '../host';

export interface ChosenText {
  readonly name: string;
  readonly text: string;
}

interface Choice extends vscode.QuickPickItem {
  readonly read?: () => Promise<string>;
  readonly uri?: vscode.Uri;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

async function choicesOf(host: Host): Promise<readonly Choice[]> {
  const { templates = [] } = (await host.session.snapshot()) ?? {};
  const workspace = await host.session.open();
  const active = vscode.window.activeTextEditor?.document;
  const open: Choice[] =
    active?.uri.scheme === 'file'
      ? [
          {
            label: vscode.workspace.asRelativePath(active.uri),
            description: 'as it is in the editor',
            uri: active.uri,
          },
        ]
      : [];
  return [
    ...open,
    ...templates.flatMap(({ history: { template, versions }, improvements }): Choice[] => [
      ...improvements.map((improvement) => ({
        label: `${template.path} with the ${improvement.status === 'draft' ? 'draft' : 'proposed'} improvement`,
        description: `on ${improvement.baseVersion}`,
        read: async () => (await workspace.validator.improvementTexts(improvement.improvementId)).proposed,
      })),
      ...versions
        .filter(({ status }) => status !== 'archived')
        .map(({ version }) => ({
          label: `${template.path} ${version}`,
          description: version === template.deployedVersion ? 'deployed' : '',
          read: async () => (await workspace.templates.versionText(template.templateId, version)).text,
        })),
    ]),
    { label: 'Choose a file…' },
  ];
}

/** A prompt's text: of the editor, a version, a version with an improvement, or any file. */
export async function chooseText(host: Host, placeHolder: string): Promise<ChosenText | undefined> {
  const picked = await vscode.window.showQuickPick<Choice>(await choicesOf(host), {
    title: 'Compare Two Prompts',
    placeHolder,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  if (picked.read !== undefined) return { name: picked.label, text: await picked.read() };
  const [uri] = picked.uri === undefined ? ((await vscode.window.showOpenDialog()) ?? []) : [picked.uri];
  return uri && { name: vscode.workspace.asRelativePath(uri), text: await textOf(uri) };
}
