import * as vscode from 'vscode';
import type { History } from '../../core/templates/promptTemplateManager';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { plural } from '../plural';
import type { HistoryView, TemplateView } from '../snapshot';
import { ExperimentNode } from './experimentNode';
import { HintNode } from './hintNode';
import { ImprovementNode } from './improvementNode';
import type { TreeNode } from './node';
import { OlderVersionsNode } from './olderVersionsNode';
import { VersionNode } from './versionNode';
import { versionsToShow } from './versionsToShow';

const pageSize = 50;

/** What rows of templates ask of the tree. */
export interface TemplateSource {
  readHistory(templateId: string): Promise<HistoryView>;
  /** The history tells another current version than the template's record did: the row itself has changed. */
  onCorrected(node: TemplateNode): void;
  /** Why a history could not be read, for a person. */
  onFailed(templateId: string, error: unknown): string;
}

/** A template; its history is read when somebody looks below it. */
export class TemplateNode extends vscode.TreeItem implements TreeNode {
  parent: TreeNode | undefined;
  readonly templateId: string;
  readonly #source: TemplateSource;
  #view: TemplateView;
  #currentVersion: string;
  /** More than one, as far as is known: the record alone may tell less than the history. */
  #hasVersions: boolean;
  #hasDrifted = false;
  #limit = pageSize;
  #reading: Promise<HistoryView> | undefined;
  #children: readonly TreeNode[] = [];

  constructor(view: TemplateView, source: TemplateSource, collapsibleState: vscode.TreeItemCollapsibleState) {
    super(view.template.path, collapsibleState);
    this.templateId = view.template.templateId;
    this.id = `template:${this.templateId}`;
    this.#source = source;
    this.#view = view;
    this.#currentVersion = view.template.currentVersion;
    this.#hasVersions = hasSeveral(view);
    this.#describe();
  }

  get view(): TemplateView {
    return this.#view;
  }

  get children(): readonly TreeNode[] {
    return this.#children;
  }

  /** Shows the template as it is now; true where the row or what is below it is another. */
  update(view: TemplateView): boolean {
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return false;
    this.#view = view;
    this.forget();
    this.#currentVersion = view.template.currentVersion;
    this.#hasVersions ||= hasSeveral(view);
    this.label = view.template.path;
    this.#describe();
    return true;
  }

  /** Whether the file was last found to hold something else than what was deployed; true where that is news. */
  drift(hasDrifted: boolean): boolean {
    if (hasDrifted === this.#hasDrifted) return false;
    this.#hasDrifted = hasDrifted;
    this.#describe();
    return true;
  }

  /** Reads its history anew when it is asked for next; true where it was read before. */
  forget(): boolean {
    const wasRead = this.#reading !== undefined;
    this.#reading = undefined;
    return wasRead;
  }

  showOlder(): void {
    this.#limit += pageSize;
  }

  /** What is below it. What cannot be read is a row that says so. */
  async load(): Promise<readonly TreeNode[]> {
    const reading = this.#reading ?? this.#source.readHistory(this.templateId);
    this.#reading = reading;
    try {
      const view = await reading;
      // Another reading began meanwhile: what this one gave may be older.
      if (this.#reading !== reading) return this.load();
      this.#children = this.#rows(view);
      this.#correct(view.history);
    } catch (error) {
      if (this.#reading !== reading) return this.load();
      this.#reading = undefined;
      const message = withoutLinks(this.#source.onFailed(this.templateId, error));
      this.#children = [new HintNode('Not read', 'warning', commandIds.openLog, message, this)];
    }
    return this.#children;
  }

  #correct({ template: { currentVersion }, versions }: History): void {
    const hasVersions = versions.length > 1;
    if (currentVersion === this.#currentVersion && hasVersions === this.#hasVersions) return;
    this.#currentVersion = currentVersion;
    this.#hasVersions = hasVersions;
    this.#describe();
    this.#source.onCorrected(this);
  }

  #describe(): void {
    const { template } = this.#view;
    const current = this.#currentVersion;
    this.contextValue = this.#hasVersions ? 'template;versions' : 'template';
    this.iconPath = this.#hasDrifted
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('file-text');
    this.description = this.#hasDrifted ? `${current} · not as deployed` : current;
    const deployed = template.deployedVersion ?? 'none';
    this.tooltip = [
      template.path,
      `Current version ${current}, deployed version ${deployed}`,
      ...(this.#hasDrifted ? ['The file does not hold what was deployed: see the problems.'] : []),
    ].join('\n');
  }

  #rows({ history, observations, skipped }: HistoryView): readonly TreeNode[] {
    const { template, events } = history;
    const { shown, hidden } = versionsToShow(history, this.#limit);
    const { experiment, canTry } = this.#view;
    return [
      ...(skipped.length === 0 ? [] : [this.#unread(skipped.length)]),
      ...this.#view.improvements.map((improvement) => new ImprovementNode(improvement, this)),
      ...(experiment === undefined ? [] : [new ExperimentNode(experiment, this)]),
      ...shown.map((version) => new VersionNode(version, { template, events, observations, canTry }, this)),
      ...(hidden === 0 ? [] : [new OlderVersionsNode(hidden, this.templateId, this)]),
    ];
  }

  #unread(count: number): TreeNode {
    return new HintNode(
      `${plural(count, 'record')} not read`,
      'warning',
      commandIds.openLog,
      'The log names each file and the reason. They were left as they are.',
      this,
    );
  }
}

/** By the record alone: adoption gives the first version this number. */
function hasSeveral({ template: { currentVersion, deployedVersion } }: TemplateView): boolean {
  const numbers = new Set(['1.0.0', currentVersion, deployedVersion ?? currentVersion]);
  return numbers.size > 1;
}
