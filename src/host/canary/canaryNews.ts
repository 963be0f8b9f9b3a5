import * as vscode from 'vscode';
import type { CanaryExperiments } from '../../core/canary/canaryExperiments';
import type { CheckedExperiment } from '../../core/canary/canaryWatch';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { showError } from '../showError';

/** Kept for each folder: what was told that may hold at every check. */
const toldKey = 'claudePm.toldCanaries';
const mostKept = 200;

const labels = { show: 'Show Canary', promote: 'Promote…', undo: 'Undo…', log: 'Show Log' } as const;

interface News {
  readonly severity: 'warning' | 'info';
  readonly message: string;
  readonly choices: readonly string[];
  /** It may be so at every check; it is told once. */
  readonly onceAs?: string;
}

/** Tells what a check did. Not awaited: a notification stays until the person closes it. */
export async function tellNews(
  context: vscode.ExtensionContext,
  canary: Pick<CanaryExperiments, 'get'>,
  checked: readonly CheckedExperiment[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  for (const each of checked) {
    const { experimentId } = each.experiment;
    if (each.done !== 'nothing') log.info(`${experimentId}: ${each.done}. ${each.decision?.reason ?? ''}`);
    // Another process ended it while this one looked, and tells of it.
    if (each.done === 'refused' && (await canary.get(experimentId)).status !== 'running') continue;
    const news = newsOf(each);
    if (news === undefined || !(await isNew(context, news))) continue;
    tell(each, news, log);
  }
}

function newsOf({ experiment, decision, done, notes }: CheckedExperiment): News | undefined {
  const { experimentId, agentType, candidate, baseline, end } = experiment;
  const what = `${candidate.version} of ${agentType}`;
  const because = [end?.reason ?? decision?.reason ?? '', ...notes].join(' ').trim();
  switch (done) {
    case 'promoted': {
      const undo = end?.rolloutId === undefined ? [] : [labels.undo];
      const message = `The canary ${what} was promoted: every session gets it. ${because}`;
      return { severity: 'info', message, choices: [labels.show, ...undo] };
    }
    case 'rolled-back': {
      const message = `The canary ${what} was taken back: every session gets ${baseline.version} again. ${because}`;
      return { severity: 'warning', message, choices: [labels.show] };
    }
    case 'ended': {
      const message = `The canary ${what} ended without a decision: every session gets ${baseline.version} again. ${because}`;
      return { severity: 'info', message, choices: [labels.show] };
    }
    case 'waits': {
      const message = `The canary ${what} can be promoted. ${because}`;
      const choices = [labels.promote, labels.show];
      return { severity: 'info', message, choices, onceAs: `${experimentId} waits` };
    }
    case 'reported': {
      const would = decision?.action === 'promote' ? 'be promoted' : 'be taken back';
      const message = `Dry run: the canary ${what} would ${would}. ${because}`;
      const onceAs = `${experimentId} would ${would}`;
      return { severity: 'info', message, choices: [labels.show], onceAs };
    }
    case 'refused': {
      const message = `The canary ${what} could not follow its rule. ${because}`;
      const onceAs = `${experimentId} refused ${decision?.action ?? ''}`;
      return { severity: 'warning', message, choices: [labels.show, labels.log], onceAs };
    }
    default:
      return undefined;
  }
}

async function isNew({ workspaceState }: vscode.ExtensionContext, { onceAs }: News): Promise<boolean> {
  if (onceAs === undefined) return true;
  const told = workspaceState.get<readonly string[]>(toldKey, []);
  if (told.includes(onceAs)) return false;
  await workspaceState.update(toldKey, [...told, onceAs].slice(-mostKept));
  return true;
}

function tell(
  { experiment: { experimentId, end } }: CheckedExperiment,
  { severity, message, choices }: News,
  log: vscode.LogOutputChannel,
): void {
  const show =
    severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(withoutLinks(message), ...choices)
    .then(async (choice) => {
      if (choice === labels.show)
        await vscode.commands.executeCommand(commandIds.showCanary, { experimentId });
      if (choice === labels.promote)
        await vscode.commands.executeCommand(commandIds.promoteCanary, { experimentId });
      if (choice === labels.undo)
        await vscode.commands.executeCommand(commandIds.undoRollout, { rolloutId: end?.rolloutId });
      if (choice === labels.log) log.show();
    })
    .then(undefined, (error: unknown) => showError(log, error));
}
