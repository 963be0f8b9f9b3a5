import * as vscode from 'vscode';
import { tagPattern } from '../../core/templates/versionTag';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickOneVersion } from '../versions/pickOneVersion';
import { tagsText } from '../versions/tagsText';

const title = 'Add Tag';

/** Puts a short word on a version. */
export const addVersionTag: Command = {
  id: commandIds.addVersionTag,
  needsTrust: true,
  async run(host, args) {
    const version = await pickOneVersion(host, args, title);
    if (!version) return undefined;
    const tag =
      args.tag ??
      (await vscode.window.showInputBox({
        title: `${title}: ${version.version}`,
        prompt: 'One word. "keep" keeps the version from cleaning up.',
        validateInput: (text) =>
          tagPattern.test(text.trim())
            ? undefined
            : 'Letters, digits, dots, hyphens and underscores, at most 32.',
      }));
    if (tag === undefined) return undefined;
    const { templates } = await host.session.open();
    const changed = await templates.changeVersion(version.templateId, version.version, { tag: [tag] });
    host.session.refresh();
    vscode.window.setStatusBarMessage(tagsText(changed), 5000);
    return changed;
  },
};
