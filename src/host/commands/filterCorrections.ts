import * as vscode from 'vscode';
import type { Correction } from '../../core/model/correction';
import type { Command } from '../command';
import { type CorrectionFilter, countBy, noFilter } from '../corrections/correctionFilter';
import { signalName } from '../corrections/words';
import { commandIds } from '../ids';
import { oneLine, withoutIcons } from '../plainText';

const nameLength = 60;

interface Choice extends vscode.QuickPickItem {
  readonly add?: (filter: CorrectionFilter) => CorrectionFilter;
}

function heading(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function choicesOf(corrections: readonly Correction[], current: CorrectionFilter): readonly Choice[] {
  const agents = countBy(corrections, (one) => one.agentType).map(([agent, count]) => ({
    label: withoutIcons(oneLine(agent, nameLength)),
    description: String(count),
    picked: current.agents.includes(agent),
    add: (filter: CorrectionFilter) => ({ ...filter, agents: [...filter.agents, agent] }),
  }));
  const signals = countBy(corrections, (one) => one.signal).map(([signal, count]) => ({
    label: signalName(signal),
    description: String(count),
    picked: current.signals.includes(signal),
    add: (filter: CorrectionFilter) => ({ ...filter, signals: [...filter.signals, signal] }),
  }));
  const severities = countBy(corrections, (one) => one.severity).map(([severity, count]) => ({
    label: severity,
    description: String(count),
    picked: current.severities.includes(severity),
    add: (filter: CorrectionFilter) => ({ ...filter, severities: [...filter.severities, severity] }),
  }));
  return [
    ...[heading('Agents'), ...agents],
    ...[heading('Signals'), ...signals],
    ...[heading('Severities'), ...severities],
  ];
}

/** Shows only some corrections. Nothing checked shows all. */
export const filterCorrections: Command = {
  id: commandIds.filterCorrections,
  needsTrust: false,
  async run(host) {
    const corrections = (await host.feed.read())?.records ?? [];
    const chosen = await vscode.window.showQuickPick(choicesOf(corrections, host.corrections.filter), {
      title: 'Filter Corrections',
      placeHolder: 'Show only these agents, signals and severities',
      canPickMany: true,
      matchOnDescription: false,
    });
    if (!chosen) return undefined;
    const filter = chosen.reduce((sum, { add }) => add?.(sum) ?? sum, noFilter);
    host.corrections.setFilter(filter);
    return filter;
  },
};
