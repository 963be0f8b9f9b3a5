import * as vscode from 'vscode';
import type { Correction } from '../../core/model/correction';
import type { Listing } from '../../core/ports';
import { setContext } from '../contextKeys';
import { commandIds, correctionsViewId } from '../ids';
import { withoutLinks } from '../plainText';
import { plural } from '../plural';
import { messageOf } from '../showError';
import { HintNode } from '../tree/hintNode';
import type { TreeNode } from '../tree/node';
import { type CorrectionFilter, filterInWords, isFiltering, noFilter, passes } from './correctionFilter';
import { CorrectionNode, OlderNode } from './correctionNode';
import type { CorrectionsFeed } from './correctionsFeed';

const pageSize = 200;

/** What the view shows, before rows are made of it. */
interface Page {
  readonly all: number;
  readonly matching: number;
  readonly shown: readonly Correction[];
  readonly unread: number;
}

/** The captured corrections, newest first. */
export class CorrectionsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #feed: CorrectionsFeed;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscription: vscode.Disposable;
  #filter = noFilter;
  #limit = pageSize;
  #rows: readonly TreeNode[] = [];
  /** What the rows were made of; undefined when they must be made anew in any case. */
  #shown: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(feed: CorrectionsFeed) {
    this.#feed = feed;
    this.#view = vscode.window.createTreeView<TreeNode>(correctionsViewId, { treeDataProvider: this });
    this.#subscription = feed.onDidChange(() => void this.#follow());
  }

  get filter(): CorrectionFilter {
    return this.#filter;
  }

  setFilter(filter: CorrectionFilter): void {
    this.#filter = filter;
    this.#limit = pageSize;
    setContext('filtered', isFiltering(filter));
    this.#rebuild();
  }

  showOlder(): void {
    this.#limit += pageSize;
    this.#rebuild();
  }

  /** Puts a row in front of the person. Where the filter hides it, the view only opens. */
  async reveal(correctionId: string): Promise<void> {
    await vscode.commands.executeCommand(`${correctionsViewId}.focus`);
    await this.getChildren();
    const row = this.#rows.find(({ id }) => id === correctionId);
    if (row) await this.#view.reveal(row, { focus: true, select: true });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node;
  }

  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node instanceof CorrectionNode) node.resolveTooltip();
    if (node.tooltip !== undefined) item.tooltip = node.tooltip;
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return [...node.children];
    try {
      const page = this.#page(await this.#feed.read());
      this.#shown = this.#fingerprint(page);
      this.#rows = page ? this.#rowsOf(page) : [];
      this.#describe(page);
    } catch (error) {
      this.#shown = undefined;
      this.#rows = [];
      this.#view.message = withoutLinks(messageOf(error));
    }
    return [...this.#rows];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** Rebuilds only when what is shown has changed: a tree that is rebuilt without need loses the row under the mouse. */
  async #follow(): Promise<void> {
    // Where nobody sees it, VS Code asks for the rows once somebody does.
    if (!this.#view.visible) return this.#rebuild();
    const page = await this.#feed.read().then(
      (listing) => this.#fingerprint(this.#page(listing)),
      () => undefined,
    );
    if (page === undefined || page !== this.#shown) this.#rebuild();
  }

  #rebuild(): void {
    this.#changed.fire(undefined);
  }

  #page(listing: Listing<Correction> | undefined): Page | undefined {
    if (!listing) return undefined;
    const { records, skipped } = listing;
    const matching = isFiltering(this.#filter) ? records.filter((one) => passes(this.#filter, one)) : records;
    return {
      all: records.length,
      matching: matching.length,
      shown: matching.slice(0, this.#limit),
      unread: skipped.length,
    };
  }

  /** With the day, since rows of today bear the time alone. */
  #fingerprint(page: Page | undefined): string {
    return JSON.stringify([page ?? null, this.#filter, new Date().toDateString()]);
  }

  #describe(page: Page | undefined): void {
    const filtering = isFiltering(this.#filter);
    const { all = 0, matching = 0 } = page ?? {};
    this.#view.description = all === 0 ? '' : filtering ? `${matching} of ${all}` : String(all);
    const none = matching === 0 && all > 0 ? ' No correction is of that kind.' : '';
    this.#view.message = filtering ? withoutLinks(`Only: ${filterInWords(this.#filter)}.${none}`) : '';
  }

  #rowsOf({ shown, matching, unread }: Page): readonly TreeNode[] {
    const now = new Date();
    return [
      ...(unread === 0 ? [] : [unreadHint(unread)]),
      ...shown.map((correction) => new CorrectionNode(correction, now)),
      ...(matching > shown.length ? [new OlderNode(matching - shown.length)] : []),
    ];
  }
}

function unreadHint(unread: number): TreeNode {
  return new HintNode(
    `${plural(unread, 'line')} not read`,
    'warning',
    commandIds.openLog,
    'The log names each file and the reason. They were left as they are.',
  );
}
