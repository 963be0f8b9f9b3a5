import * as vscode from 'vscode';
import { commandIds, templatesViewId } from '../ids';
import { plural } from '../plural';
import { messageOf } from '../showError';
import type { Snapshot, TemplateView } from '../snapshot';
import type { WorkspaceSession } from '../workspaceSession';
import { AgentNode } from './agentNode';
import { HintNode } from './hintNode';
import type { TreeNode } from './node';

function byAgent(snapshot: Snapshot): AgentNode[] {
  const groups = new Map<string, TemplateView[]>();
  for (const view of snapshot.templates) {
    const agent = view.history.template.agentType;
    groups.set(agent, [...(groups.get(agent) ?? []), view]);
  }
  return [...groups]
    .sort(([a], [b]) => Number(b === 'main') - Number(a === 'main') || (a < b ? -1 : 1))
    .map(([agent, views]) => new AgentNode(agent, views));
}

/** Agents, their templates, and each template's pending improvements and versions (newest first). */
export class TemplatesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscription: vscode.Disposable;
  #roots: readonly TreeNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: WorkspaceSession) {
    this.#session = session;
    this.#view = vscode.window.createTreeView<TreeNode>(templatesViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscription = session.onDidChange(() => this.#changed.fire(undefined));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return [...node.children];
    const snapshot = await this.#read();
    this.#roots = snapshot ? this.#rows(snapshot) : [];
    const pending = snapshot?.pending.length ?? 0;
    this.#view.badge =
      pending === 0
        ? undefined
        : {
            value: pending,
            tooltip: `${plural(pending, 'improvement')} to review`,
          };
    return [...this.#roots];
  }

  /** Shows a template with its versions, as after a review. */
  async revealTemplate(templateId: string): Promise<void> {
    await vscode.commands.executeCommand(`${templatesViewId}.focus`);
    await this.getChildren();
    const found = this.#roots
      .flatMap((root) => root.children)
      .find((child) => child.id === `template:${templateId}`);
    if (found) await this.#view.reveal(found, { expand: true, focus: true, select: true });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Records that cannot be read at all are told in the view itself, where the rows would be. */
  async #read(): Promise<Snapshot | undefined> {
    try {
      const snapshot = await this.#session.snapshot();
      this.#view.message = '';
      return snapshot;
    } catch (error) {
      this.#view.message = messageOf(error);
      return undefined;
    }
  }

  #rows(snapshot: Snapshot): readonly TreeNode[] {
    const agents = byAgent(snapshot);
    const hints: TreeNode[] = [];
    if (agents.length > 0 && !snapshot.hasCorrections) {
      hints.push(
        new HintNode(
          'No corrections yet: import them',
          'cloud-download',
          commandIds.importCorrections,
          'Reads the corrections that you made in your agents’ sessions',
        ),
      );
    }
    if (snapshot.skipped.length > 0) {
      hints.push(
        new HintNode(
          `${plural(snapshot.skipped.length, 'record')} not read`,
          'warning',
          commandIds.openLog,
          'The log names each file and the reason. They were left as they are.',
        ),
      );
    }
    return [...hints, ...agents];
  }
}
