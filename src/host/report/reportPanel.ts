import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Evidence } from '../../core/model/common';
import type { ReportModel } from '../../core/report/reportModel';
import { reportMessageSchema } from '../../protocol';
import { loadEngine } from '../engine';
import { reportViewType } from '../ids';
import { showError } from '../showError';
import { openEvidence } from '../source/openEvidence';
import type { WorkspaceSession } from '../workspaceSession';

function findEvidence(model: ReportModel, correctionId: string): Evidence | undefined {
  const exemplars = model.patterns.flatMap(({ pattern }) => pattern.exemplars);
  const hunks = model.improvements.flatMap(({ improvement }) => improvement.hunks);
  return (
    exemplars.find((one) => one.correctionId === correctionId)?.evidence ??
    hunks.flatMap((hunk) => hunk.evidence).find((one) => one.correctionId === correctionId)?.source
  );
}

/** The one report of this window. It shows what is on disk and follows it while it is visible. */
export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #extensionUri: vscode.Uri;
  readonly #subscription: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #model: ReportModel | undefined;
  /** What is shown, without the time of reading. */
  #shown = '';

  constructor(session: WorkspaceSession, extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#subscription = session.onDidChange(() => {
      if (this.#panel?.visible) void this.#render().catch((error: unknown) => showError(log, error));
    });
  }

  async show(): Promise<void> {
    if (this.#panel) this.#panel.reveal();
    else {
      this.#adopt(
        vscode.window.createWebviewPanel(reportViewType, 'Claude PM Report', vscode.ViewColumn.Active, {
          enableFindWidget: true,
        }),
      );
    }
    await this.#render();
  }

  /** After a restart. What the person had opened comes from the page's own state. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel);
    await this.#render();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#shown = '';
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#scripts()] };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.#receive(message).catch((error: unknown) => showError(this.#log, error));
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible) void this.#render().catch((error: unknown) => showError(this.#log, error));
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  #scripts(): vscode.Uri {
    return vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
  }

  async #render(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const { loadReport, reportPage } = await loadEngine();
    const { store, clock } = (await this.#session.open()).ports;
    const model = await loadReport(store, clock);
    this.#model = model;
    const shown = JSON.stringify({ ...model, generatedAt: '' });
    if (shown === this.#shown || this.#panel !== panel) return;
    this.#shown = shown;
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#scripts(), 'report.js'));
    panel.webview.html = reportPage(model, {
      nonce: randomBytes(16).toString('base64'),
      script: script.toString(),
    });
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = reportMessageSchema.safeParse(message);
    if (!parsed.success) {
      this.#log.warn('The report sent a message that is not understood; it was ignored.');
      return;
    }
    const { correctionId } = parsed.data;
    const evidence = this.#model && findEvidence(this.#model, correctionId);
    if (evidence) await openEvidence((await this.#session.open()).root, evidence, correctionId);
  }
}
