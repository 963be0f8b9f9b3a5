import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds, openEvidenceCommand } from '../ids';
import { oneLine, withoutIcons } from '../plainText';

interface Choice extends vscode.QuickPickItem {
  readonly open?: () => Thenable<unknown>;
}

const excerptLength = 120;

/** For a line that came from an accepted hunk: what people said, the change that brought it, and the way back. */
export const showOrigin: Command = {
  id: commandIds.showOrigin,
  needsTrust: false,
  async run(host, { improvementId, hunkId }) {
    if (improvementId === undefined) return undefined;
    const { review, templates } = await host.session.open();
    const { improvement } = await review.show(improvementId);
    const hunk = improvement.hunks.find((each) => each.hunkId === hunkId);
    const { templateId, version } = improvement;
    if (hunk === undefined || version === undefined) return undefined;
    const { versions } = await templates.history(templateId);
    const parent = versions.find((each) => each.version === version)?.parentVersion ?? undefined;
    const choices: Choice[] = [
      ...(parent === undefined
        ? []
        : [
            {
              label: `$(diff) Compare ${parent} with ${version}`,
              open: () =>
                vscode.commands.executeCommand(commandIds.compareVersions, {
                  templateId,
                  version,
                  other: parent,
                }),
            },
            {
              label: `$(discard) Roll back to ${parent}…`,
              open: () =>
                vscode.commands.executeCommand(commandIds.rollBack, { templateId, version: parent }),
            },
          ]),
      { label: 'What people said', kind: vscode.QuickPickItemKind.Separator },
      ...hunk.evidence.map(({ excerpt, sessionId, source }, index) => ({
        label: withoutIcons(`“${oneLine(excerpt, excerptLength)}”`),
        description: withoutIcons(`session ${oneLine(sessionId, 20)}, line ${source.line}`),
        open: () =>
          vscode.commands.executeCommand(openEvidenceCommand, { improvementId, hunkId, evidence: index }),
      })),
    ];
    const picked = await vscode.window.showQuickPick(choices, {
      title: `Since ${version}`,
      placeHolder: oneLine(hunk.reason, excerptLength),
      matchOnDescription: true,
    });
    await picked?.open?.();
    return { improvementId, hunkId };
  },
};
