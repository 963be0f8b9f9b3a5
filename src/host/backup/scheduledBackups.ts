import * as vscode from 'vscode';
import { codeOf, messageOf } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';

/** How often to look whether a backup is due; the archives themselves say when the last one was made. */
const lookMilliseconds = 15 * 60_000;

/** Makes backups while VS Code is open, where there is a key. Of several windows one makes each; what fails is told once. */
export class ScheduledBackups implements vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  #timer: NodeJS.Timeout | undefined;
  #told = false;
  #working = false;
  readonly #abort = new AbortController();

  constructor(session: WorkspaceSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), lookMilliseconds);
    void this.look();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#abort.abort();
  }

  async look(): Promise<void> {
    if (this.#working || !vscode.workspace.isTrusted) return;
    this.#working = true;
    try {
      if (!(await this.#session.isInitialized())) return;
      const { backups } = await this.#session.open();
      const created = await backups.createIfDue(this.#abort.signal);
      if (created) this.#log.info(`Scheduled backup: ${created.path}, ${created.files} files.`);
      this.#told = false;
    } catch (error) {
      if (codeOf(error) === 'CANCELLED') return;
      this.#log.error(`The scheduled backup failed: ${messageOf(error)}`);
      if (!this.#told)
        void vscode.window.showWarningMessage(`The scheduled backup failed. ${messageOf(error)}`);
      this.#told = true;
    } finally {
      this.#working = false;
    }
  }
}
