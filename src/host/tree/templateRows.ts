import * as vscode from 'vscode';
import { groupBy } from '../../core/groupBy';
import type { ChangedHistories } from '../sessionChange';
import type { Snapshot, TemplateView } from '../snapshot';
import { AgentNode } from './agentNode';
import type { TreeNode } from './node';
import { TemplateNode, type TemplateSource } from './templateNode';

/** With more templates than these, only the agents are shown at first. */
const mostExpanded = 30;

/** Agents and their templates. A row stays the same object for as long as there is one of its id, with what was read for it. */
export class TemplateRows {
  readonly #source: TemplateSource;
  #agents: readonly AgentNode[] = [];
  #templates: ReadonlyMap<string, TemplateNode> = new Map();
  #drifted: ReadonlySet<string> = new Set();
  /** Which rows there are, whatever they say. */
  #shape = '';

  constructor(source: TemplateSource) {
    this.#source = source;
  }

  get agents(): readonly AgentNode[] {
    return this.#agents;
  }

  template(templateId: string): TemplateNode | undefined {
    return this.#templates.get(templateId);
  }

  /** Shows what was read. Gives the rows that changed, or `undefined` where rows came or went. */
  show(views: Snapshot['templates']): readonly TreeNode[] | undefined {
    const groups = byAgent(views);
    const shape = JSON.stringify(
      groups.map(([agent, own]) => [agent, own.map(({ template }) => template.templateId)]),
    );
    const isSame = shape === this.#shape;
    const changed: TreeNode[] = [];
    const state =
      views.length > mostExpanded
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.Expanded;
    const nodes = new Map<string, TemplateNode>();
    for (const view of views) {
      const { templateId } = view.template;
      const known = this.#templates.get(templateId);
      const node = known ?? new TemplateNode(view, this.#source, state);
      if (known?.update(view)) changed.push(node);
      node.drift(this.#drifted.has(templateId));
      nodes.set(templateId, node);
    }
    this.#templates = nodes;
    if (isSame) return [...this.#agents.filter((agent) => agent.describe()), ...changed];
    this.#shape = shape;
    this.#agents = groups.map(([agent, own]) => {
      const rows = own.flatMap(({ template }) => nodes.get(template.templateId) ?? []);
      return new AgentNode(agent, rows, state);
    });
    return undefined;
  }

  /** These histories are no longer what was read. Gives the rows below which that shows. */
  forget(histories: ChangedHistories): readonly TreeNode[] {
    return [...this.#templates.values()].filter(
      (node) => (histories === 'all' || histories.has(node.templateId)) && node.forget(),
    );
  }

  /** Marks the templates whose files were last found not to hold what was deployed. Gives the rows that changed. */
  markDrifted(templateIds: ReadonlySet<string>): readonly TreeNode[] {
    this.#drifted = templateIds;
    return [...this.#templates.values()].filter((node) => node.drift(templateIds.has(node.templateId)));
  }
}

function byAgent(views: readonly TemplateView[]): [string, TemplateView[]][] {
  return [...groupBy(views, ({ template }) => template.agentType)].sort(
    ([a], [b]) => Number(b === 'main') - Number(a === 'main') || (a < b ? -1 : 1),
  );
}
