import * as vscode from 'vscode';
import type { Impact } from '../../core/templates/promptTemplateManager';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { confirmImpact } from '../deployment/confirmImpact';
import { offerUndo, writtenText } from '../deployment/offerUndo';
import { writing } from '../deployment/writing';
import { commandIds } from '../ids';
import { pickTemplate } from '../pickers';

const title = 'Roll Back';

async function askReason(args: CommandArguments, impact: Impact): Promise<string | undefined> {
  if (args.reason !== undefined) return args.reason;
  return vscode.window.showInputBox({
    title: `${title} to ${impact.to ?? 'no file'}`,
    prompt: 'Why? The reason is recorded with the rollback.',
    value: `Version ${impact.from} did not help`,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
  });
}

/**
 * Restores former bytes, after a confirmation that shows the impact. On an older version's row: that version. On the
 * deployed version's row, or from the palette: what stood there before the last deployment, in every file that it wrote.
 */
export const rollBack: Command = {
  id: commandIds.rollBack,
  needsTrust: true,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, title, ({ events }) => events > 0);
    if (!history) return undefined;
    const { template } = history;
    const to = args.version === template.deployedVersion ? undefined : args.version;
    const workspace = await host.session.open();
    await workspace.templates.requireRollout('rollback', template.templateId);
    const impact = await workspace.templates.rollbackImpact(template.templateId, to);
    const question = `Roll back from ${impact.from ?? 'no file'} to ${impact.to ?? 'no file'}?`;
    if (!args.confirmed && !(await confirmImpact(impact, question, title))) return undefined;
    const reason = await askReason(args, impact);
    if (reason === undefined) return undefined;
    const options = { ...(to === undefined ? {} : { to }), reason: reason.trim() };
    const rollout = await writing(() => workspace.templates.rollBack(template.templateId, options));
    host.session.refresh();
    offerUndo(host, rollout, `Rolled back: ${writtenText(rollout)}`, 'Undo');
    return rollout.deployments[0];
  },
};
