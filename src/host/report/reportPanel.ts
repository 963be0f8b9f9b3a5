import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { loadEngine } from '../engine';
import { reportViewType } from '../ids';
import type { RecordChanges } from '../recordChanges';
import { showError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import { ReportRecords } from './reportRecords';
import { type ReportPart, type ReportTab, ReportView } from './reportView';
import { watchReport } from './watchReport';

/** The one report of this window. It shows what is on disk and follows it while it is visible. */
export class ReportPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #changes: RecordChanges;
  readonly #log: vscode.LogOutputChannel;
  readonly #extensionUri: vscode.Uri;
  /** Outlives a panel: one that is opened again shows at once what was last read. */
  readonly #records = new ReportRecords();
  #panel: vscode.WebviewPanel | undefined;
  #view: ReportView | undefined;

  constructor(
    session: WorkspaceSession,
    changes: RecordChanges,
    extensionUri: vscode.Uri,
    log: vscode.LogOutputChannel,
  ) {
    this.#session = session;
    this.#changes = changes;
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** @param tab what to turn to; without it, what the person last looked at */
  async show(tab?: ReportTab): Promise<void> {
    const stands = this.visible;
    if (this.#panel) this.#panel.reveal();
    else {
      // No find widget of VS Code's: it would search the few rows that are drawn. The page has a search of its own.
      const column = vscode.ViewColumn.Active;
      await this.#adopt(vscode.window.createWebviewPanel(reportViewType, 'Claude PM Report', column));
    }
    // A page that was hidden is made anew.
    if (tab !== undefined) this.#view?.turnTo(tab, stands);
  }

  /** After a restart. What the person had opened comes from the page's own state. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    await this.#adopt(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #adopt(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel = panel;
    const scripts = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    panel.webview.options = { enableScripts: true, localResourceRoots: [scripts] };
    const view = new ReportView(panel.webview, this.#records, this.#session, this.#log);
    this.#view = view;
    // A page that is shown again asks for everything.
    const whileVisible = (...parts: readonly ReportPart[]) => {
      if (panel.visible) view.refresh(...parts);
    };
    const subscriptions = vscode.Disposable.from(
      watchReport(this.#changes, (changed) => whileVisible(...changed)),
      this.#session.onDidChange(() =>
        whileVisible('patterns', 'counts', 'improvements', 'map', 'experiments', 'monitoring', 'unread'),
      ),
      panel.webview.onDidReceiveMessage((message: unknown) => {
        void view.receive(message).catch((error: unknown) => showError(this.#log, error));
      }),
    );
    panel.onDidDispose(() => {
      subscriptions.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'report.js'));
    const { webviewPage } = await loadEngine();
    panel.webview.html = webviewPage({
      nonce: randomBytes(16).toString('base64'),
      script: script.toString(),
    });
  }
}
