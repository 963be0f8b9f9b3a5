import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickOneVersion } from '../versions/pickOneVersion';
import { tagsText } from '../versions/tagsText';

const title = 'Remove Tag';

/** Takes a tag off a version. */
export const removeVersionTag: Command = {
  id: commandIds.removeVersionTag,
  needsTrust: true,
  async run(host, args) {
    const version = await pickOneVersion(host, args, title, ({ tags = [] }) => tags.length > 0);
    if (!version) return undefined;
    const tag =
      args.tag ??
      (await vscode.window.showQuickPick(version.tags ?? [], {
        title: `${title}: ${version.version}`,
        placeHolder: 'Which tag?',
      }));
    if (tag === undefined) return undefined;
    const { templates } = await host.session.open();
    const changed = await templates.changeVersion(version.templateId, version.version, { untag: [tag] });
    host.session.refresh();
    vscode.window.setStatusBarMessage(tagsText(changed), 5000);
    return changed;
  },
};
