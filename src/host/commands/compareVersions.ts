import * as vscode from 'vscode';
import type { Template } from '../../core/model/template';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { markdownText } from '../markdownText';
import { pickTemplate, pickVersion } from '../pickers';
import { withoutLinks } from '../plainText';
import { plural } from '../plural';
import { versionUri } from '../review/uris';
import { showError } from '../showError';

const title = 'Compare Versions';

const details = 'Details';

/** What the diff does not show at a glance. Not awaited: the notification stays until the person closes it. */
async function tellChange(host: Host, { templateId, path }: Template, from: string, to: string) {
  const { changeLines } = await loadEngine();
  const { templates } = await host.session.open();
  const { figures, risk, sections } = changeLines(await templates.describeChange(templateId, from, to));
  const page = [
    `# ${markdownText(`${path}: ${from} → ${to}`)}`,
    markdownText(`${figures}.`),
    markdownText(risk),
    sections.length === 0 ? 'No section changes.' : '## Sections',
    sections.map((section) => `- ${markdownText(section)}`).join('\n'),
  ].join('\n\n');
  const text = `${from} → ${to}: ${figures}, ${plural(sections.length, 'section')}. ${risk}${risk.endsWith('.') ? '' : '.'}`;
  void vscode.window
    .showInformationMessage(withoutLinks(text), details)
    .then((choice) => (choice === details ? host.pages.show(page) : undefined))
    .then(undefined, (error: unknown) => showError(host.log, error));
}

/** Two versions side by side, the older one on the left. A tree row compares its version with the current one. */
export const compareVersions: Command = {
  id: commandIds.compareVersions,
  needsTrust: false,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, title, ({ versions }) => versions > 1);
    if (!history) return undefined;
    const { template, versions } = history;
    const one = args.version ?? (await pickVersion(versions, title, 'Which version?'));
    if (one === undefined) return undefined;
    const others = versions.filter((version) => version.version !== one);
    const other =
      args.other ??
      (args.version !== undefined && one !== template.currentVersion
        ? template.currentVersion
        : await pickVersion(others, title, `Compare ${one} with which version?`));
    if (other === undefined) return undefined;
    // Versions are listed newest first, so the later position is the older version.
    const position = (wanted: string) => versions.findIndex((version) => version.version === wanted);
    const [older, newer] = position(one) > position(other) ? [one, other] : [other, one];
    await vscode.commands.executeCommand(
      'vscode.diff',
      versionUri(template, older),
      versionUri(template, newer),
      `${template.path}: ${older} ↔ ${newer}`,
    );
    // The comparison is kept as a record, which Restricted Mode does not allow.
    if (vscode.workspace.isTrusted) await tellChange(host, template, older, newer);
    return { templateId: template.templateId, from: older, to: newer };
  },
};
