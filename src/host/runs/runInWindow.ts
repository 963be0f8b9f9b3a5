import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { GoOnOptions, RunOutcome } from '../../core/pipeline/promptImprovementPipeline';
import type { Workspace } from '../../node/openWorkspace';
import { abortSignalOf } from '../cancellation';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { hostWriters } from '../models/hostWriters';
import { withoutLinks } from '../plainText';
import { plural } from '../plural';

const endings: Readonly<Record<RunOutcome['execution']['status'], string>> = {
  running: 'Run not finished',
  completed: 'Run finished',
  partial: 'Run finished in part: some agents failed, the rest went on',
  failed: 'Run failed; what was saved before it is kept',
  cancelled: 'Run cancelled; what was finished before is kept',
  paused: 'Run paused',
  interrupted: 'Run interrupted; it can be resumed',
  'timed-out': 'Run stopped at its time limit; what was finished before is kept',
};

function summary({ execution, result }: RunOutcome): string {
  const { proposed, drafts, improvementsValidated = 0 } = result.improvementSummary;
  const { deployed } = result.deploymentSummary;
  const figures = [
    plural(result.corrections, 'correction'),
    plural(result.patterns, 'pattern'),
    `${plural(proposed, 'improvement')} proposed`,
    plural(drafts, 'draft'),
    `${improvementsValidated} validated`,
    ...(deployed > 0 ? [`${deployed} deployed`] : []),
  ];
  const reasons = (result.failures ?? []).map(
    ({ stage, agentType, message }) => `${stage}${agentType === null ? '' : ` of ${agentType}`}: ${message}`,
  );
  return `${endings[execution.status]}: ${figures.join(', ')}.${reasons.length > 0 ? ` ${reasons.slice(0, 3).join(' ')}` : ''}`;
}

/** One notification at the end, whatever came of it. Not awaited: it stays until the person answers. */
function tellEnd(host: Host, outcome: RunOutcome): void {
  for (const stage of outcome.execution.stages) {
    if (!stage.error) continue;
    const { code, message, subject, remedy } = stage.error;
    host.log.error(`${stage.stage} ${stage.agentType ?? ''}: ${code} ${message} [${subject}] ${remedy}`);
  }
  const good = outcome.execution.status === 'completed';
  const quiet = outcome.execution.trigger === 'schedule' && good && outcome.improvements.length === 0;
  if (quiet) return;
  const waiting = outcome.improvements.some((one) => one.hunks.some((hunk) => hunk.decision === 'pending'));
  const choices = [...(waiting ? ['Review'] : []), 'Show Report', 'Explain'];
  const show = good ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(withoutLinks(summary(outcome)), ...choices).then(async (choice) => {
    if (choice === 'Review') await vscode.commands.executeCommand(commandIds.reviewAll);
    if (choice === 'Show Report') await vscode.commands.executeCommand(commandIds.showReport);
    if (choice === 'Explain') await vscode.commands.executeCommand(commandIds.explainLastRun);
  });
}

export interface WindowRun {
  readonly title: string;
  /** Nobody looks: no notification of its progress, and nothing that asks, so rules are written offline. */
  readonly quiet?: boolean;
  readonly begin: (workspace: Workspace, options: GoOnOptions) => Promise<RunOutcome>;
}

/** Runs the pipeline, or goes on with a run, in this window: progress, cancellation, the status bar, and what came of it. */
export async function runInWindow(
  host: Host,
  { title, quiet = false, begin }: WindowRun,
): Promise<RunOutcome> {
  if (host.run.running) {
    throw new PipelineError('ILLEGAL_STATE', 'A run goes on already in this window.', {
      subject: 'run',
      remedy: 'Wait for its end or cancel it; nothing was changed.',
    });
  }
  host.run.start();
  try {
    const location = quiet ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification;
    const outcome = await vscode.window.withProgress(
      { location, title, cancellable: !quiet },
      async (progress, token) => {
        const workspace = await host.session.openInitialized();
        const chooseWriters = quiet
          ? undefined
          : hostWriters(host, workspace, (message) => progress.report({ message }));
        return begin(workspace, {
          ...(chooseWriters ? { chooseWriters } : {}),
          signal: abortSignalOf(token),
          onProgress: (step) => {
            host.run.report(step);
            progress.report({ message: `${step.stage}: ${step.message}` });
          },
          onStatus: (status) => {
            host.run.pause(status === 'paused');
            if (status === 'paused') progress.report({ message: 'Paused' });
          },
        });
      },
    );
    tellEnd(host, outcome);
    return outcome;
  } finally {
    host.run.end();
    host.session.refresh();
  }
}

/** What callers of `executeCommand` get. */
export function outcomeForCallers({ execution, result, improvements }: RunOutcome) {
  return {
    executionId: execution.executionId,
    status: execution.status,
    corrections: result.corrections,
    patterns: result.patterns,
    improvementIds: improvements.map((improvement) => improvement.improvementId),
  };
}
