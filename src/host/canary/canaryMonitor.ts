import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { CheckedExperiment, ExperimentStatus } from '../../core/canary/canaryWatch';
import { loadEngine } from '../engine';
import { dataFolder, experimentLogs, experimentsFolder } from '../ids';
import type { RecordChanges } from '../recordChanges';
import { messageOf } from '../showError';
import type { WorkspaceCompanion, WorkspaceSession } from '../workspaceSession';
import { tellNews } from './canaryNews';

/** Milliseconds: the first check waits until VS Code has started, and one after new records until the last of several. */
const firstAfter = 30_000;
const quiet = 3_000;
/** Between two checks that nobody asked for: each takes an analysis. */
const leastBetween = 30_000;
/** Longer than so many milliseconds, a timer fires at once. */
const longest = 2 ** 31 - 1;

/**
 * Lets experiments follow their rule: every `monitoringInterval` seconds and after sessions were read, by whoever. What was done is told once, in
 * the window that did it. Only in folders that are initialised and trusted, and never while the extension activates.
 */
export class CanaryMonitor implements WorkspaceCompanion, vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;
  readonly #statuses = new Map<string, ExperimentStatus>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #endedAt = 0;
  #started = false;
  #abort = new AbortController();
  #checking: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: WorkspaceSession,
    changes: RecordChanges,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const onChange = () => this.#after(Math.max(quiet, this.#endedAt + leastBetween - Date.now()));
    const places = [experimentsFolder, ...experimentLogs].map((place) => `/${dataFolder}/${place}/`);
    this.#subscriptions = vscode.Disposable.from(
      changes.onDidChange(({ path }) => {
        if (/\.jsonl?$/.test(path) && places.some((place) => path.includes(place))) onChange();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#after(quiet)),
    );
    session.attach(this);
  }

  /** From now on it checks by itself. */
  start(): void {
    this.#started = true;
    this.#after(firstAfter);
  }

  /** How an experiment stood when this window last looked. */
  lastStatus(experimentId: string): ExperimentStatus | undefined {
    return this.#statuses.get(experimentId);
  }

  /** Checks now. @throws PipelineError ILLEGAL_STATE without a folder, CANCELLED, STORAGE_FAILED */
  checkNow(signal?: AbortSignal): Promise<readonly CheckedExperiment[]> {
    const next = this.#checking.then(
      () => this.#check(signal),
      () => this.#check(signal),
    );
    this.#checking = next;
    return next;
  }

  /** Looks at one experiment without doing anything. @throws PipelineError CANCELLED */
  async look(experimentId: string, signal: AbortSignal): Promise<ExperimentStatus | undefined> {
    const { canaryWatch } = await this.session.open();
    const { statuses } = await canaryWatch.look({ experimentId, signal });
    await this.#note(statuses);
    return statuses[0];
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
    if (!this.#started || (this.#timer !== undefined && this.#dueAt <= at)) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => void this.#onTime(), milliseconds);
  }

  async #onTime(): Promise<void> {
    this.#timer = undefined;
    try {
      if (!vscode.workspace.isTrusted || !(await this.#hasExperiments())) return;
      const { access, configuration } = await this.session.open();
      if (await access.may('patterns.analyze')) await this.checkNow();
      this.#after(Math.min(configuration.monitoringInterval * 1000, longest));
    } catch (error) {
      // Nobody asked: who opens the folder or changes it tells the person what is wrong with it.
      if (!this.#abort.signal.aborted) this.log.warn(`Experiments were not checked: ${messageOf(error)}`);
      this.#after(leastBetween * 10);
    }
  }

  /** By the names in one folder: most workspaces have none, and nothing else is read for it. The first one that is written wakes the watcher. */
  async #hasExperiments(): Promise<boolean> {
    const folder = await this.session.folder();
    if (folder === undefined) return false;
    try {
      const names = await readdir(vscode.Uri.joinPath(folder, dataFolder, experimentsFolder).fsPath);
      return names.some((name) => name.endsWith('.json'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }

  async #check(asked?: AbortSignal): Promise<readonly CheckedExperiment[]> {
    const signal = asked === undefined ? this.#abort.signal : AbortSignal.any([asked, this.#abort.signal]);
    const { canary, canaryWatch } = await this.session.open();
    const { records } = await canary.list();
    if (!records.some(({ status }) => status === 'running')) return [];
    try {
      const checked = await canaryWatch.check({ signal });
      await this.#note(checked);
      await tellNews(this.context, canary, checked, this.log);
      return checked;
    } finally {
      this.#endedAt = Date.now();
    }
  }

  /** For the tree and the status bar, which show what was last found. */
  async #note(statuses: readonly ExperimentStatus[]): Promise<void> {
    const { standingText } = await loadEngine();
    for (const status of statuses) {
      const { experiment, assessment, decision } = status;
      this.#statuses.set(experiment.experimentId, status);
      this.session.standings.set(experiment.experimentId, {
        sessions: assessment.sessions.control + assessment.sessions.canary,
        text: standingText(status),
        promotionDue: experiment.status === 'running' && decision?.action === 'promote',
      });
    }
    if (statuses.length > 0) await this.session.follow();
  }
}
