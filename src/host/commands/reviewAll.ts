import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
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
    const paths = new Map(
      templates.map(({ history: { template } }) => [template.templateId, template.path] as const),
    );
    const resources = pending.map(({ improvementId, templateId }) => {
      const path = paths.get(templateId) ?? templateId;
      const proposal = proposalUri(improvementId, path);
      return [proposal, currentUri(improvementId, path), proposal] as const;
    });
    await vscode.commands.executeCommand(
      'vscode.changes',
      `Improvements of ${new Set(pending.map(({ templateId }) => templateId)).size} prompts`,
      resources,
    );
    return { improvementIds: pending.map(({ improvementId }) => improvementId) };
  },
};
