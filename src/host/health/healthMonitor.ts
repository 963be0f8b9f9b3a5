import * as vscode from 'vscode';
import type { Alert } from '../../core/model/alert';
import type { Health } from '../../core/model/execution';
import { dataFolder } from '../ids';
import type { RecordChanges } from '../recordChanges';
import type { RunState } from '../runState';
import { isPipelineError, messageOf } from '../showError';
import type { WorkspaceCompanion, WorkspaceSession } from '../workspaceSession';
import { ownWebhook, tellWebhook } from './hostWebhook';
import { chosenModelProbe } from './modelProbe';
import { notifyAlerts, silentRules } from './notifyAlerts';

/**
 * Milliseconds: the first check waits until VS Code has started, whatever changes meanwhile: it reads every record, which holds up a
 * window that still draws. One after a change waits until the last of several.
 */
const firstAfter = 120_000;
const quiet = 3_000;
/** Between two checks that nobody asked for, except after a run. */
const leastBetween = 60_000;

/** What the last check found. */
export interface HealthFinding {
  readonly health: Health;
  /** Open ones, the gravest first. */
  readonly alerts: readonly Alert[];
  readonly folder: vscode.Uri;
}

/** Ids of the templates whose files do not hold what was deployed. */
export function driftedTemplates(found: HealthFinding | undefined): ReadonlySet<string> {
  const drifted = found?.alerts.filter(({ rule }) => rule === 'drift') ?? [];
  return new Set(drifted.map(({ subject }) => subject));
}

/**
 * Checks health every `monitoringInterval` seconds, after runs and after changes of the records, and tells of what is new: once per event,
 * whichever window sees it first. Only in folders that are initialised and trusted, and never while the extension activates.
 */
export class HealthMonitor implements WorkspaceCompanion, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #endedAt = 0;
  /** Before then, no change brings a check forward. */
  #restsUntil = Date.now() + firstAfter;
  #wasRunning = false;
  #abort = new AbortController();
  #checking: Promise<unknown> = Promise.resolve();
  #found: HealthFinding | undefined;

  readonly onDidCheck = this.#changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: WorkspaceSession,
    changes: RecordChanges,
    run: RunState,
    onDidCheckPrompts: vscode.Event<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const onChange = () => this.#after(Math.max(quiet, this.#restsUntil - Date.now()));
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      // Every change of the records stands in the log of changes, also one of the command line, or one that failed.
      changes.onDidChange(({ path }) => {
        if (!path.includes(`/${dataFolder}/audit/`) || !path.endsWith('.jsonl')) return;
        // What this check itself wrote.
        if (Date.now() - this.#endedAt > quiet) onChange();
      }),
      session.onDidChange(onChange),
      // Prompts were opened, saved or changed on disk.
      onDidCheckPrompts(onChange),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#after(quiet)),
      run.onDidChange(() => {
        if (this.#wasRunning && !run.running) this.#after(quiet);
        this.#wasRunning = run.running;
      }),
    );
    session.attach(this);
    this.#after(firstAfter);
  }

  get found(): HealthFinding | undefined {
    return this.#found;
  }

  /** Checks now, and gives what was found. @throws PipelineError ILLEGAL_STATE without a folder, CANCELLED */
  checkNow(signal?: AbortSignal): Promise<HealthFinding> {
    const next = this.#checking.then(
      () => this.#check(signal),
      () => this.#check(signal),
    );
    this.#checking = next;
    return next;
  }

  /** Shows the alerts as they are now, without a new check. */
  async reread(): Promise<void> {
    if (this.#found === undefined) return;
    const { records } = await (await this.session.open()).alerts.list();
    this.#found = { ...this.#found, alerts: records };
    this.#changed.fire();
  }

  async beforeClose(): Promise<void> {
    this.#abort.abort();
    await this.#checking.catch(() => undefined);
    this.#abort = new AbortController();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#subscriptions.dispose();
  }

  /** The earliest of what is due. */
  #after(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#timer !== undefined && this.#dueAt <= at) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => void this.#onTime(), milliseconds);
  }

  async #onTime(): Promise<void> {
    this.#timer = undefined;
    try {
      if (vscode.workspace.isTrusted && (await this.session.isInitialized())) await this.checkNow();
    } catch (error) {
      // Nobody asked: who opens the folder or changes it tells the person what is wrong with it.
      if (!this.#abort.signal.aborted) this.log.warn(`Health was not checked: ${messageOf(error)}`);
    }
    this.#after(await this.#interval());
  }

  async #interval(): Promise<number> {
    try {
      if (!(await this.session.isInitialized())) return leastBetween * 60;
      // Longer than so many milliseconds, a timer fires at once.
      return Math.min((await this.session.open()).configuration.monitoringInterval * 1000, 2 ** 31 - 1);
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      return leastBetween * 60;
    }
  }

  async #check(asked?: AbortSignal): Promise<HealthFinding> {
    const signal = asked === undefined ? this.#abort.signal : AbortSignal.any([asked, this.#abort.signal]);
    const startedAt = Date.now();
    const workspace = await this.session.open();
    const folder = vscode.Uri.file(workspace.root);
    const webhook = await workspace.alerts.webhook(await ownWebhook(this.context));
    const model = await chosenModelProbe(this.context);
    const health = await workspace.health({ model, webhook, signal });
    const alerts = (await workspace.alerts.list()).records;
    this.#found = { health, alerts, folder };
    this.#endedAt = Date.now();
    this.#restsUntil = this.#endedAt + leastBetween;
    this.log.debug(`Health was checked in ${this.#endedAt - startedAt} ms.`);
    this.#changed.fire();
    const news = await workspace.alerts.claimNotifications(silentRules(this.context));
    notifyAlerts(this.context, folder, news, this.log);
    await tellWebhook(this.context, workspace, this.log, signal);
    return this.#found;
  }
}
