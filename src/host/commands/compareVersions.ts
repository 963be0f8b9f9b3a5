import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickTemplate, pickVersion } from '../pickers';
import { versionUri } from '../review/uris';

const title = 'Compare Versions';

/** Two versions side by side, the older one on the left. A tree row compares its version with the current one. */
export const compareVersions: Command = {
  id: commandIds.compareVersions,
  needsTrust: false,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, title, (one) => one.versions.length > 1);
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
    return { templateId: template.templateId, from: older, to: newer };
  },
};
