import * as vscode from 'vscode';
import type { Improvement } from '../../core/model/improvement';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { commandIds } from '../ids';

/** Finished reviews whose version waits for its deployment, newest first, and those in which nothing was accepted. */
async function reopenable(host: Host): Promise<readonly { improvement: Improvement; path: string }[]> {
  const { ports } = await host.session.open();
  const { records } = await ports.store.list('improvements');
  const prompts = (await ports.store.list('templates')).records;
  return records
    .flatMap((improvement) => {
      const template = prompts.find(({ templateId }) => templateId === improvement.templateId);
      const { status, version } = improvement;
      const waits = version !== undefined && template?.deployedVersion !== version;
      const over = status === 'accepted' || status === 'partly-accepted' ? waits : status === 'rejected';
      return over && template !== undefined ? [{ improvement, path: template.path }] : [];
    })
    .sort((a, b) => (lastDecision(a.improvement) < lastDecision(b.improvement) ? 1 : -1));
}

function lastDecision({ hunks, createdAt }: Improvement): string {
  return (
    hunks
      .map(({ decidedAt }) => decidedAt ?? createdAt)
      .sort()
      .at(-1) ?? createdAt
  );
}

async function choose(host: Host, args: CommandArguments): Promise<string | undefined> {
  if (args.improvementId !== undefined) return args.improvementId;
  if (args.templateId !== undefined && args.version !== undefined) {
    const { versions } = await (await host.session.open()).templates.history(args.templateId);
    return versions.find(({ version }) => version === args.version)?.improvementId;
  }
  const choices = await reopenable(host);
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(
      'No finished review can be opened again. What is deployed is taken back by Roll Back.',
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    choices.map(({ improvement, path }) => ({
      label: path,
      description: improvement.version ?? 'nothing accepted',
      detail: `${improvement.status}, ${lastDecision(improvement).slice(0, 16).replace('T', ' ')} UTC`,
      improvementId: improvement.improvementId,
    })),
    { title: 'Reopen Review', placeHolder: 'Which review? Its decisions are taken back.' },
  );
  return picked?.improvementId;
}

/** Takes the decisions of a finished review back and shows it, while its version is not deployed. */
export const reopenReview: Command = {
  id: commandIds.reopenReview,
  needsTrust: true,
  async run(host, args) {
    const improvementId = await choose(host, args);
    if (improvementId === undefined) return undefined;
    const improvement = await (await host.session.open()).review.reopen(improvementId, args.hunkId);
    host.documents.refreshAll();
    host.session.refresh();
    await vscode.commands.executeCommand(commandIds.reviewImprovement, { improvementId });
    return improvement;
  },
};
