import * as vscode from 'vscode';
import type { RollbackImpact } from '../../core/templates/promptTemplateManager';
import type { Workspace } from '../../node/openWorkspace';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { commandIds } from '../ids';
import { pickTemplate } from '../pickers';

const title = 'Roll Back';

/** Titles of the patterns that may come back, in the words of the report. */
async function patternTitles(workspace: Workspace, impact: RollbackImpact): Promise<readonly string[]> {
  const found = await Promise.all(impact.patternIds.map((id) => workspace.ports.store.get('patterns', id)));
  return found.map((pattern, index) => pattern?.title ?? impact.patternIds[index] ?? '');
}

async function confirm(workspace: Workspace, impact: RollbackImpact): Promise<boolean> {
  const { comparison } = impact;
  const titles = await patternTitles(workspace, impact);
  const tokens = `${comparison.tokenDelta > 0 ? '+' : ''}${comparison.tokenDelta}`;
  const lines = [
    `Files: ${impact.files.join(', ')}`,
    `Agents: ${impact.agents.join(', ')}`,
    `Lines: ${comparison.linesAdded} added, ${comparison.linesRemoved} removed. Tokens: ${tokens} (estimated).`,
    titles.length === 0 ? 'No addressed pattern is affected.' : `May come back: ${titles.join('; ')}`,
    'The version you leave is kept and can be deployed again.',
  ];
  const choice = await vscode.window.showWarningMessage(
    `Roll back from ${impact.from} to ${impact.to}?`,
    { modal: true, detail: lines.join('\n') },
    title,
  );
  return choice === title;
}

async function askReason(args: CommandArguments, impact: RollbackImpact): Promise<string | undefined> {
  if (args.reason !== undefined) return args.reason;
  return vscode.window.showInputBox({
    title: `${title} to ${impact.to}`,
    prompt: 'Why? The reason is recorded with the rollback.',
    value: `Version ${impact.from} did not help`,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
  });
}

/**
 * Restores former bytes, after a confirmation that shows the impact. On an older version's row: that version. On the
 * deployed version's row, or from the palette: what stood there before the last deployment.
 */
export const rollBack: Command = {
  id: commandIds.rollBack,
  needsTrust: true,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, title, ({ events }) =>
      events.some((event) => event.kind !== 'adopt'),
    );
    if (!history) return undefined;
    const { template } = history;
    const to = args.version === template.deployedVersion ? undefined : args.version;
    const workspace = await host.session.open();
    const impact = await workspace.templates.rollbackImpact(template.templateId, to);
    if (!args.confirmed && !(await confirm(workspace, impact))) return undefined;
    const reason = await askReason(args, impact);
    if (reason === undefined) return undefined;
    const deployment = await workspace.templates.rollback(template.templateId, {
      ...(to === undefined ? {} : { to }),
      reason: reason.trim(),
    });
    host.session.refresh();
    void vscode.window.showInformationMessage(
      `Rolled back: ${deployment.target} holds ${deployment.toVersion} again${deployment.verified ? ', read back and verified' : ''}.`,
    );
    return deployment;
  },
};
