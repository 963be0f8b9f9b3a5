import * as vscode from 'vscode';
import type { Experiment } from '../../core/model/experiment';
import { type ExperimentView, shareNow, wasRolledBack } from '../canary/experimentView';
import { commandIds } from '../ids';
import { isolated, oneLine } from '../plainText';
import { plural } from '../plural';
import type { TreeNode } from './node';

const endings: Readonly<Record<Experiment['status'], string>> = {
  running: 'running',
  promoted: 'promoted',
  'rolled-back': 'rolled back',
  inconclusive: 'ended without a decision',
};

/** An experiment on a template: the one that runs, or the last that ended. */
export class ExperimentNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];
  readonly experimentId: string;

  constructor(
    { experiment, standing }: ExperimentView,
    readonly parent: TreeNode,
  ) {
    super(`Canary ${experiment.candidate.version}`);
    const { experimentId, status, dryRun } = experiment;
    const isRunning = status === 'running';
    const isDue = isRunning && !dryRun && (standing?.promotionDue ?? false);
    this.experimentId = experimentId;
    this.id = `experiment:${experimentId}`;
    this.contextValue = [
      'experiment',
      isRunning ? 'running' : 'ended',
      dryRun ? 'dry' : 'real',
      ...(isDue ? ['due'] : []),
    ].join(';');
    this.iconPath = icon(experiment, isDue);
    const facts = [
      ...(isDue ? ['promotion due'] : []),
      isRunning ? shareNow(experiment) : endings[status],
      ...(dryRun ? ['dry run'] : []),
      ...(standing === undefined ? [] : [plural(standing.sessions, 'session')]),
    ];
    this.description = facts.join(' · ');
    this.tooltip = tooltip(experiment, standing, facts);
    this.accessibilityInformation = { label: `Canary ${experiment.candidate.version}, ${facts.join(', ')}` };
    this.command = { command: commandIds.showCanary, title: 'Show Canary', arguments: [{ experimentId }] };
  }
}

function icon(experiment: Experiment, isDue: boolean): vscode.ThemeIcon {
  const warning = new vscode.ThemeColor('list.warningForeground');
  if (experiment.status === 'running') return new vscode.ThemeIcon('beaker', isDue ? warning : undefined);
  if (experiment.status === 'promoted')
    return new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
  return wasRolledBack(experiment)
    ? new vscode.ThemeIcon('warning', warning)
    : new vscode.ThemeIcon('beaker-stop');
}

/** Plain text: reasons are people's, and paths are the folder's. */
function tooltip(
  { agentType, path, baseline, candidate, end, startedBy, startedAt }: Experiment,
  standing: ExperimentView['standing'],
  facts: readonly string[],
): string {
  const lines = [
    `${agentType} (${path}): ${baseline.version} against ${candidate.version}`,
    facts.join(', '),
    ...(end === null ? [standing?.text ?? 'Not looked at yet in this window.'] : [end.reason]),
    `Started by ${startedBy}, ${startedAt}`,
    ...(end === null ? [] : [`Ended ${end.automatic ? 'by itself' : 'on request'}, ${end.at}`]),
  ];
  return lines.map((line) => isolated(oneLine(line, 400))).join('\n');
}
