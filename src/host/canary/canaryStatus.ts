import * as vscode from 'vscode';
import { commandIds } from '../ids';
import { isolated, oneLine } from '../plainText';
import { plural } from '../plural';
import { showError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import { type ExperimentView, shareNow, wasRolledBack } from './experimentView';

/** Between the runs and reviews, and health. */
const priority = 49.5;
/** So long a rollback is shown that nobody has looked at. Milliseconds. */
const toldFor = 7 * 86_400_000;
const seenKey = 'claudePm.seenCanaries';
const mostKept = 200;

/** While an experiment runs, and after one that was rolled back until somebody looked. */
export class CanaryStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    'claudePm.canary',
    vscode.StatusBarAlignment.Left,
    priority,
  );
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: WorkspaceSession,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#item.name = 'Claude PM Canary';
    this.#subscription = session.onDidChange(() => this.#refresh());
    this.#refresh();
  }

  /** The person has looked at the experiments: a rollback is news no longer. */
  async markSeen(): Promise<void> {
    const ended = (await this.#views()).filter(({ experiment }) => experiment.end !== null);
    const ids = ended.map(({ experiment }) => experiment.experimentId);
    const seen = [...new Set([...this.#seen, ...ids])].slice(-mostKept);
    await this.context.workspaceState.update(seenKey, seen);
    this.#refresh();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  get #seen(): readonly string[] {
    return this.context.workspaceState.get<readonly string[]>(seenKey, []);
  }

  async #views(): Promise<readonly ExperimentView[]> {
    const { templates = [] } = (await this.session.snapshot()) ?? {};
    return templates.flatMap(({ experiment }) => (experiment === undefined ? [] : [experiment]));
  }

  #refresh(): void {
    void this.#update().catch((error: unknown) => showError(this.log, error));
  }

  async #update(): Promise<void> {
    const views = await this.#views();
    const rolledBack = views.find((each) => this.#isNews(each));
    const running = views.filter(({ experiment }) => experiment.status === 'running');
    const due = running.find(({ experiment, standing }) => !experiment.dryRun && standing?.promotionDue);
    const [shown] = [rolledBack, due, ...running].filter((each) => each !== undefined);
    if (shown === undefined) {
      this.#item.hide();
      return;
    }
    const others = running.filter((each) => each !== shown).length;
    const text = `${textOf(shown)}${others === 0 ? '' : ` (+${others})`}`;
    const isWarning = shown === rolledBack || shown === due;
    this.#item.text = `$(${shown === rolledBack ? 'warning' : 'beaker'}) ${text}`;
    this.#item.tooltip = [text, reasonOf(shown)].join('\n');
    this.#item.accessibilityInformation = { label: `Claude PM: ${text}` };
    this.#item.backgroundColor = isWarning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    const { experimentId } = shown.experiment;
    this.#item.command = {
      command: commandIds.showCanary,
      title: 'Show Canary',
      arguments: [{ experimentId }],
    };
    this.#item.show();
  }

  #isNews({ experiment }: ExperimentView): boolean {
    const { experimentId, end } = experiment;
    if (end === null || !wasRolledBack(experiment) || this.#seen.includes(experimentId)) return false;
    return Date.now() - Date.parse(end.at) < toldFor;
  }
}

function textOf({ experiment, standing }: ExperimentView): string {
  const { agentType, end, dryRun } = experiment;
  const name = `Canary ${oneLine(agentType, 30).replaceAll('$(', '(')}`;
  if (end !== null) return `${name}: rolled back`;
  const share = `${name} ${shareNow(experiment)}${dryRun ? ' (dry run)' : ''}`;
  if (standing === undefined) return share;
  if (standing.promotionDue && !dryRun) return `${share}: promotion due`;
  return `${share}: ${plural(standing.sessions, 'session')}`;
}

function reasonOf({ experiment, standing }: ExperimentView): string {
  const reason = experiment.end?.reason ?? standing?.text ?? 'Not looked at yet in this window.';
  return isolated(oneLine(reason, 400));
}
