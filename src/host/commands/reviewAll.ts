import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds, schemes } from '../ids';
import { plural } from '../plural';
import { currentUri, proposalUri } from '../review/uris';

/** Opens every improvement that waits in one editor of several diffs; with a single one, its own diff. */
export const reviewAll: Command = {
  id: commandIds.reviewAll,
  needsTrust: false,
  async run(host) {
    const { pending = [], templates = [] } = (await host.session.snapshot()) ?? {};
    const [only, more] = pending;
    if (only === undefined || more === undefined) {
      return vscode.commands.executeCommand(commandIds.reviewImprovement);
    }
    const paths = new Map(templates.map(({ template }) => [template.templateId, template.path] as const));
    const resources = pending.map(({ improvementId, templateId, status }) => {
      const path = paths.get(templateId) ?? templateId;
      // What each diff is called; nothing is read from there.
      const label = vscode.Uri.from({
        scheme: schemes.proposal,
        path: `/${path}${status === 'draft' ? ' (draft)' : ''}`,
      });
      return [label, currentUri(improvementId, path), proposalUri(improvementId, path)] as const;
    });
    await vscode.commands.executeCommand(
      'vscode.changes',
      `Improvements of ${plural(new Set(pending.map(({ templateId }) => templateId)).size, 'prompt')}`,
      resources,
    );
    return { improvementIds: pending.map(({ improvementId }) => improvementId) };
  },
};
