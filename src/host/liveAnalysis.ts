import * as vscode from 'vscode';
import type { ReportPanel } from './report/reportPanel';
import type { RunState } from './runState';
import type { WorkspaceCompanion, WorkspaceSession } from './workspaceSession';

/** Corrections come in bursts; one analysis serves those of so many milliseconds. */
const pause = 1500;

/**
 * Analyzes again when corrections come in while the report is looked at, so that its patterns are those of now. In the thread of
 * the analysis, where new corrections join what was found before. A run does the same and goes before.
 */
export class LiveAnalysis implements WorkspaceCompanion, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #report: ReportPanel;
  readonly #run: RunState;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #analyzing: { readonly abort: AbortController; readonly end: Promise<void> } | undefined;

  constructor(
    session: WorkspaceSession,
    onDidRead: vscode.Event<void>,
    report: ReportPanel,
    run: RunState,
    log: vscode.LogOutputChannel,
  ) {
    this.#session = session;
    this.#report = report;
    this.#run = run;
    this.#log = log;
    this.#subscription = onDidRead(() => this.#schedule());
    session.attach(this);
  }

  async beforeClose(): Promise<void> {
    clearTimeout(this.#timer);
    this.#analyzing?.abort.abort();
    await this.#analyzing?.end;
  }

  dispose(): void {
    this.#subscription.dispose();
    void this.beforeClose();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), pause);
  }

  #begin(): void {
    if (!this.#report.visible || this.#run.running || !vscode.workspace.isTrusted) return;
    if (this.#analyzing !== undefined) {
      this.#schedule();
      return;
    }
    const abort = new AbortController();
    const end = this.#analyze(abort.signal).finally(() => {
      this.#analyzing = undefined;
    });
    this.#analyzing = { abort, end };
  }

  async #analyze(signal: AbortSignal): Promise<void> {
    try {
      const { access, analyzer } = await this.#session.open();
      if (await access.may('patterns.analyze')) await analyzer.analyze({ signal });
    } catch (error) {
      // The patterns of the last run still stand, and the next run tells the person what is wrong.
      if (!signal.aborted) this.#log.warn(`The new corrections were not analyzed: ${String(error)}`);
    }
  }
}
