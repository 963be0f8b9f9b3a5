import * as vscode from 'vscode';
import type { Execution } from '../../core/model/execution';
import type { NextRun } from '../../core/pipeline/schedule';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { codeOf, showError } from '../showError';
import type { WorkspaceCompanion } from '../workspaceSession';
import { runInWindow } from './runInWindow';

const minute = 60_000;

/**
 * Runs by the configured schedule while the window is open, and takes care of a run that was interrupted. Of several windows one runs;
 * the others find its record and wait for the next time.
 */
export class RunSchedule implements WorkspaceCompanion, vscode.Disposable {
  readonly #host: Host;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  /** Of the corrections, read again only when some came in. */
  #correctionsAt: readonly number[] | undefined;
  #askedFor: string | undefined;

  constructor(host: Host, onDidRead: vscode.Event<void>) {
    this.#host = host;
    this.#subscriptions = onDidRead(() => {
      this.#correctionsAt = undefined;
      this.#look();
    });
    host.session.attach(this);
  }

  /** After the folder was read for the first time, so that nothing of this holds up a start of VS Code. */
  start(): void {
    this.#timer = setInterval(() => this.#look(), minute);
    this.#look();
  }

  async beforeClose(): Promise<void> {
    this.#correctionsAt = undefined;
    this.#host.run.schedule('');
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscriptions.dispose();
  }

  #look(): void {
    this.#looking ??= this.#lookNow()
      .catch((error: unknown) => {
        // Another window was faster; its run is this one's too.
        if (codeOf(error) === 'LOCKED') this.#host.log.info(`The schedule waits: ${String(error)}`);
        else this.#host.log.error(`The schedule: ${String(error)}`);
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async #lookNow(): Promise<void> {
    const { run, session } = this.#host;
    if (run.running || !vscode.workspace.isTrusted || !(await session.isInitialized())) return;
    const { interruptedRun, nextRun, nextRunText } = await loadEngine();
    const { ports, support, configuration } = await session.open();
    const { schedule } = configuration;
    const isOn = schedule.everyHours !== null || schedule.afterCorrections !== null;
    const interrupted = await interruptedRun(ports, support);
    if (interrupted && interrupted.trigger === 'schedule' && isOn) return this.#resume();
    if (interrupted) {
      await this.#offer(interrupted);
      return;
    }
    if (!isOn) {
      run.schedule('');
      return;
    }
    if (schedule.afterCorrections !== null) this.#correctionsAt ??= await this.#readCorrections();
    const look = async (): Promise<NextRun> =>
      nextRun(
        schedule,
        (await ports.store.list('executions')).records,
        this.#correctionsAt ?? [],
        ports.clock.now(),
      );
    const next = await look();
    run.schedule(nextRunText(next, (at) => at.toLocaleString()));
    if (!next.due || support.holder() !== undefined) return;
    this.#host.log.info('A run begins by the schedule.');
    await runInWindow(this.#host, {
      title: 'Claude PM: scheduled run',
      quiet: true,
      begin: (workspace, options) =>
        workspace.pipeline.run({
          ...options,
          trigger: 'schedule',
          onlyIf: async () => (await look()).due,
        }),
    });
  }

  async #readCorrections(): Promise<readonly number[]> {
    const { ports } = await this.#host.session.open();
    const { records } = await ports.store.readLog('corrections');
    return records.map(({ timestamp }) => Date.parse(timestamp));
  }

  async #resume(): Promise<void> {
    this.#host.log.info('The scheduled run that was interrupted goes on.');
    await runInWindow(this.#host, {
      title: 'Claude PM: going on with the scheduled run',
      quiet: true,
      begin: (workspace, options) => workspace.pipeline.resume(options),
    });
  }

  /** Asked once a window. Not awaited: it stays until the person answers. */
  async #offer(execution: Execution): Promise<void> {
    if (this.#askedFor === execution.executionId) return;
    this.#askedFor = execution.executionId;
    const { placeOf } = await loadEngine();
    const time = new Date(execution.startedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    void vscode.window
      .showWarningMessage(
        withoutLinks(
          `The run of ${time} was interrupted at ${placeOf(execution)}. What it had finished is kept.`,
        ),
        'Resume',
        'Discard',
      )
      .then(async (choice) => {
        if (choice === 'Resume') await vscode.commands.executeCommand(commandIds.resumeRun);
        if (choice === 'Discard') await vscode.commands.executeCommand(commandIds.cancelRun);
      })
      .then(undefined, (error: unknown) => showError(this.#host.log, error));
  }
}
