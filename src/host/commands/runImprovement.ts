import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { RunOutcome } from '../../core/pipeline/promptImprovementPipeline';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { hostWriters } from '../models/hostWriters';
import { pickAgents } from '../pickers';
import { plural } from '../plural';

const endings: Readonly<Record<RunOutcome['execution']['status'], string>> = {
  running: 'Run not finished',
  completed: 'Run finished',
  partial: 'Run finished in part: some agents failed, the rest went on',
  failed: 'Run failed; what was saved before it is kept',
  cancelled: 'Run cancelled; what was finished before is kept',
  'timed-out': 'Run stopped at its time limit; what was finished before is kept',
};

function summary({ execution, result }: RunOutcome): string {
  const { proposed, drafts } = result.improvementSummary;
  return `${endings[execution.status]}: ${plural(result.corrections, 'correction')}, ${plural(result.patterns, 'pattern')}, ${plural(proposed, 'improvement')} proposed, ${plural(drafts, 'draft')}.`;
}

/** One notification at the end, whatever came of it. Not awaited: it stays until the person answers. */
function tellEnd(host: Host, outcome: RunOutcome): void {
  for (const stage of outcome.execution.stages) {
    if (!stage.error) continue;
    const { code, message, subject, remedy } = stage.error;
    host.log.error(`${stage.stage} ${stage.agentType ?? ''}: ${code} ${message} [${subject}] ${remedy}`);
  }
  const waiting = outcome.improvements.some((one) => one.hunks.some((hunk) => hunk.decision === 'pending'));
  const choices = [...(waiting ? ['Review'] : []), 'Show Report', 'Show Log'];
  const good = outcome.execution.status === 'completed';
  const show = good ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(summary(outcome), ...choices).then(async (choice) => {
    if (choice === 'Review') await vscode.commands.executeCommand(commandIds.reviewAll);
    if (choice === 'Show Report') await vscode.commands.executeCommand(commandIds.showReport);
    if (choice === 'Show Log') host.log.show();
  });
}

async function chooseAgents(host: Host, args: CommandArguments): Promise<readonly string[] | undefined> {
  if (args.all) return [];
  return args.agentType === undefined ? pickAgents(host) : [args.agentType];
}

function run(
  host: Host,
  agents: readonly string[],
  patternIds: readonly string[] | undefined,
): Thenable<RunOutcome> {
  const title =
    agents.length === 0 ? 'Claude PM: improving prompts' : `Claude PM: improving ${agents.join(', ')}`;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const workspace = await host.session.openInitialized();
      const chooseWriters = hostWriters(host, workspace, (message) => progress.report({ message }));
      return workspace.pipeline.run({
        ...(chooseWriters ? { chooseWriters } : {}),
        trigger: 'command',
        ...(agents.length === 0 ? {} : { agentTypes: agents }),
        ...(patternIds ? { patternIds } : {}),
        signal: abortSignalOf(token),
        onProgress: (step) => {
          host.run.report(step);
          progress.report({ message: `${step.stage}: ${step.message}` });
        },
      });
    },
  );
}

/** The whole pipeline, for all agents, one, or one pattern of it: capture, analyse, improve, validate. */
export const runImprovement: Command = {
  id: commandIds.runImprovement,
  needsTrust: true,
  async run(host, args) {
    if (host.run.running) {
      throw new PipelineError('ILLEGAL_STATE', 'A run goes on already.', {
        subject: 'run',
        remedy: 'Wait for its end or cancel it; nothing was changed.',
      });
    }
    const agents = await chooseAgents(host, args);
    if (!agents) return undefined;
    host.run.start();
    try {
      const outcome = await run(host, agents, args.patternId === undefined ? undefined : [args.patternId]);
      tellEnd(host, outcome);
      return {
        executionId: outcome.execution.executionId,
        status: outcome.execution.status,
        corrections: outcome.result.corrections,
        patterns: outcome.result.patterns,
        improvementIds: outcome.improvements.map((improvement) => improvement.improvementId),
      };
    } finally {
      host.run.end();
      host.session.refresh();
    }
  },
};
