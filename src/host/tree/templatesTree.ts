import * as vscode from 'vscode';
import { readArguments } from '../commandArguments';
import { commandIds, showOlderVersionsCommand, templatesViewId } from '../ids';
import { plural } from '../plural';
import { messageOf, showError } from '../showError';
import type { Snapshot } from '../snapshot';
import type { WorkspaceSession } from '../workspaceSession';
import { HintNode } from './hintNode';
import type { TreeNode } from './node';
import { TemplateNode } from './templateNode';
import { TemplateRows } from './templateRows';
import { VersionNode } from './versionNode';
import { VersionTooltips } from './versionTooltips';

/**
 * Agents, their templates, and each template's pending improvements and versions (newest first). Of many templates only the records of the
 * templates themselves are read, until somebody looks below one.
 */
export class TemplatesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: vscode.Disposable;
  readonly #tooltips: VersionTooltips;
  readonly #rows: TemplateRows;
  #hints: readonly TreeNode[] = [];
  /** One change is followed after the other: each is told against what was shown before. */
  #following: Promise<void> = Promise.resolve();

  /** The rows that have changed; `undefined` for all. */
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: WorkspaceSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    this.#tooltips = new VersionTooltips(session);
    this.#rows = new TemplateRows({
      readHistory: (templateId) => session.history(templateId),
      onCorrected: (node) => this.#changed.fire([node]),
      onFailed: (templateId, error) => this.#tellFailure(templateId, error),
    });
    this.#view = vscode.window.createTreeView<TreeNode>(templatesViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#changed,
      session.onDidChange(({ histories }) => {
        const stale = this.#rows.forget(histories);
        this.#following = this.#following
          .then(() => this.#follow(stale))
          .catch((error: unknown) => showError(log, error));
      }),
      vscode.commands.registerCommand(showOlderVersionsCommand, (argument: unknown) =>
        this.#showOlder(readArguments(argument).templateId),
      ),
    );
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: TreeNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node instanceof VersionNode) item.tooltip = await this.#tooltips.of(node, token);
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node instanceof TemplateNode) return [...(await node.load())];
    if (node) return [...node.children];
    this.#show(await this.#read());
    return [...this.#hints, ...this.#rows.agents];
  }

  /** Shows a template with its versions, as after a review. */
  async revealTemplate(templateId: string): Promise<void> {
    await vscode.commands.executeCommand(`${templatesViewId}.focus`);
    await this.#follow([]);
    const found = this.#rows.template(templateId);
    if (found) await this.#view.reveal(found, { expand: true, focus: true, select: true });
  }

  /** Marks the templates whose files were found not to hold what was deployed. */
  markDrifted(templateIds: ReadonlySet<string>): void {
    const changed = this.#rows.markDrifted(templateIds);
    if (changed.length > 0) this.#changed.fire([...changed]);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Shows what is there now. @param stale rows below which something changed */
  async #follow(stale: readonly TreeNode[]): Promise<void> {
    const changed = this.#show(await this.#read());
    if (changed === undefined) this.#changed.fire(undefined);
    else if (changed.length + stale.length > 0) this.#changed.fire([...new Set([...changed, ...stale])]);
  }

  /** Gives the rows that have changed; `undefined` for all. */
  #show(snapshot: Snapshot | undefined): readonly TreeNode[] | undefined {
    const pending = snapshot?.pending.length ?? 0;
    this.#view.badge =
      pending === 0 ? undefined : { value: pending, tooltip: `${plural(pending, 'improvement')} to review` };
    const hints = snapshot ? hintsOf(snapshot) : [];
    const sameHints = JSON.stringify(hints.map(idAndLabel)) === JSON.stringify(this.#hints.map(idAndLabel));
    if (!sameHints) this.#hints = hints;
    const changed = this.#rows.show(snapshot?.templates ?? []);
    return sameHints && snapshot !== undefined ? changed : undefined;
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

  #showOlder(templateId: string | undefined): void {
    const node = templateId === undefined ? undefined : this.#rows.template(templateId);
    if (node === undefined) return;
    node.showOlder();
    this.#changed.fire([node]);
  }

  #tellFailure(templateId: string, error: unknown): string {
    const message = messageOf(error);
    this.#log.error(`The history of ${templateId} was not read: ${message}`);
    return message;
  }
}

const idAndLabel = ({ id, label }: vscode.TreeItem) => [id, label];

function hintsOf({ templates, hasCorrections, skipped }: Snapshot): readonly TreeNode[] {
  const hints: TreeNode[] = [];
  if (templates.length > 0 && !hasCorrections) {
    hints.push(
      new HintNode(
        'No corrections yet: import them',
        'cloud-download',
        commandIds.importCorrections,
        'Reads the corrections that you made in your agents’ sessions',
      ),
    );
  }
  if (skipped.length > 0) {
    hints.push(
      new HintNode(
        `${plural(skipped.length, 'record')} not read`,
        'warning',
        commandIds.openLog,
        'The log names each file and the reason. They were left as they are.',
      ),
    );
  }
  return hints;
}
