import * as vscode from 'vscode';
import type { Workspace } from '../../node/openWorkspace';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { oneLine, withoutIcons } from '../plainText';
import { versionUri } from '../review/uris';

const length = 200;

type Found = Awaited<ReturnType<Workspace['templates']['searchVersions']>>['records'][number];

function choiceOf(found: Found) {
  const { version, path, agentType } = found;
  const tags = (version.tags ?? []).map((tag) => `#${tag}`);
  const notes = (version.notes ?? []).map(({ text }) => text);
  return {
    label: withoutIcons(`${path} ${version.version}`),
    description: withoutIcons(
      oneLine([version.status, ...tags, agentType, version.author].join(' · '), length),
    ),
    detail: withoutIcons(oneLine([...notes, version.changeSummary].join(' — '), length)),
    found,
  };
}

/** All versions of all prompts in one list; the one that is chosen opens read-only. */
export const searchVersions: Command = {
  id: commandIds.searchVersions,
  needsTrust: false,
  async run(host) {
    const { templates } = await host.session.open();
    const { records, skipped } = await templates.searchVersions({ words: '' });
    for (const { path, reason } of skipped) host.log.warn(`${path}: ${reason}`);
    if (records.length === 0) {
      void vscode.window.showInformationMessage('There are no versions yet. Initialize adopts your prompts.');
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(records.map(choiceOf), {
      title: 'Search Versions',
      placeHolder: 'Number, state, tag, note, summary, author or agent',
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen === undefined) return undefined;
    const { version, path } = chosen.found;
    const { template } = await templates.history(version.templateId);
    await vscode.commands.executeCommand(
      'vscode.open',
      versionUri(template, version.version),
      { preview: true },
      `${path} ${version.version}`,
    );
    return { templateId: version.templateId, version: version.version };
  },
};
