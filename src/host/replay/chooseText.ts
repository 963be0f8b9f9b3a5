import * as vscode from 'vscode';
import type { Workspace } from '../../node/openWorkspace';
import type { Host } from '../host';
import { pickVersion } from '../pickers';
import type { TemplateView } from '../snapshot';

export interface ChosenText {
  readonly name: string;
  readonly text: string;
}

interface Choice extends vscode.QuickPickItem {
  readonly read?: () => Promise<string>;
  readonly uri?: vscode.Uri;
  /** One of its versions is chosen next. */
  readonly templateId?: string;
}

const title = 'Compare Two Prompts';

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** What is deployed, what waits, and a way to the other versions, of which there may be many. */
function templateChoices(workspace: Workspace, { template, improvements }: TemplateView): Choice[] {
  const { templateId, path, deployedVersion, currentVersion } = template;
  const shown = [...new Set([currentVersion, ...(deployedVersion === null ? [] : [deployedVersion])])];
  return [
    ...improvements.map((improvement) => ({
      label: `${path} with the ${improvement.status === 'draft' ? 'draft' : 'proposed'} improvement`,
      description: `on ${improvement.baseVersion}`,
      read: async () => (await workspace.validator.improvementTexts(improvement.improvementId)).proposed,
    })),
    ...shown.map((version) => ({
      label: `${path} ${version}`,
      description: version === deployedVersion ? 'deployed' : '',
      read: async () => (await workspace.templates.versionText(templateId, version)).text,
    })),
    { label: `${path}: another version…`, templateId },
  ];
}

/** One of a prompt's versions. */
async function chooseVersion(host: Host, templateId: string): Promise<ChosenText | undefined> {
  const { templates } = await host.session.open();
  const { template, versions } = await templates.history(templateId);
  const open = versions.filter(({ status }) => status !== 'archived');
  const version = await pickVersion(open, title, `Which version of ${template.path}?`);
  if (version === undefined) return undefined;
  const { text } = await templates.versionText(templateId, version);
  return { name: `${template.path} ${version}`, text };
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
    ...templates.flatMap((view) => templateChoices(workspace, view)),
    { label: 'Choose a file…' },
  ];
}

/** A prompt's text: of the editor, a version, a version with an improvement, or any file. */
export async function chooseText(host: Host, placeHolder: string): Promise<ChosenText | undefined> {
  const picked = await vscode.window.showQuickPick<Choice>(await choicesOf(host), {
    title,
    placeHolder,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  if (picked.templateId !== undefined) return chooseVersion(host, picked.templateId);
  if (picked.read !== undefined) return { name: picked.label, text: await picked.read() };
  const [uri] = picked.uri === undefined ? ((await vscode.window.showOpenDialog()) ?? []) : [picked.uri];
  return uri && { name: vscode.workspace.asRelativePath(uri), text: await textOf(uri) };
}
