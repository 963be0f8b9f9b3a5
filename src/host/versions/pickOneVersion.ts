import * as vscode from 'vscode';
import type { TemplateVersion } from '../../core/model/template';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { pickTemplate, pickVersion } from '../pickers';

/** The version named, else the one that the person picks. */
export async function pickOneVersion(
  host: Host,
  args: CommandArguments,
  title: string,
  fits: (version: TemplateVersion) => boolean = () => true,
): Promise<TemplateVersion | undefined> {
  const history = await pickTemplate(host, args.templateId, title, ({ versions }) => versions > 0);
  if (!history) return undefined;
  const fitting = history.versions.filter(fits);
  if (args.version === undefined && fitting.length === 0) {
    const { path } = history.template;
    void vscode.window.showInformationMessage(`${title}: ${path} has no version that this can be done with.`);
    return undefined;
  }
  const wanted = args.version ?? (await pickVersion(fitting, title, 'Which version?'));
  return history.versions.find(({ version }) => version === wanted);
}
