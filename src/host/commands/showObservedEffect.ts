import * as vscode from 'vscode';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { observedPage } from '../deployment/observedPage';
import { commandIds } from '../ids';
import { pickTemplate } from '../pickers';

const title = 'Show Observed Effect';
const rollBackLabel = 'Roll Back…';

/** Not awaited: it stays until the person answers. The command that it runs asks and shows the impact. */
function offerRollBack(templateId: string, harm: string | undefined): void {
  const show = harm === undefined ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(harm ?? 'The page shows the deployed version before and after.', rollBackLabel).then((chosen) => {
    if (chosen === rollBackLabel) void vscode.commands.executeCommand(commandIds.rollBack, { templateId });
  });
}

/** Its first event is how the text got there: only a second one has something before it to compare with. */
const hasBefore = ({ events }: { readonly events: number }): boolean => events > 1;

/** Looks at corrections before and after a prompt's deployments now, and shows them as a page. */
export const showObservedEffect: Command = {
  id: commandIds.showObservedEffect,
  needsTrust: true,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, title, hasBefore);
    if (!history) return undefined;
    const { templateId, agentType, path } = history.template;
    const { observer } = await host.session.open();
    const { observations, alerts, rules } = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Claude PM: observing ${path}`,
        cancellable: true,
      },
      async (_progress, token) => {
        const signal = abortSignalOf(token);
        const observed = await observer.observe({ agentTypes: [agentType], signal });
        return { ...observed, rules: await observer.rules({ templateId, signal }) };
      },
    );
    host.session.refresh();
    const own = observations.filter((each) => each.templateId === templateId);
    const page = await host.pages.show(observedPage(path, own, rules), 'Observed Effect');
    const harmful = alerts.find(({ subject }) => own.some((each) => each.deploymentId === subject));
    if (!args.confirmed && own.some(({ live }) => live)) offerRollBack(templateId, harmful?.message);
    return { observations: own.length, harm: harmful !== undefined, page: page.toString() };
  },
};
