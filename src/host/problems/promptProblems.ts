import * as vscode from 'vscode';
import type { Finding } from '../../core/lint/finding';
import { showError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import { diagnosticSource, FindingDiagnostic } from './diagnostics';

/** After the last of several saves. Milliseconds. */
const quiet = 500;
/** Files in which an agent's prompt may stand; what is none is found out by the check. */
const promptName = /(?:^|\/)(?:[^/]+\.mdc?)$/;
/** What tells of paths and commands that prompts name. */
const factName = /(?:^|\/)(?:package\.json|[Mm]akefile|justfile)$/;

/**
 * Findings of the check of the prompts, in the Problems view. The check runs when a prompt was opened, saved or changed on disk, and
 * never while the extension activates.
 */
export class PromptProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('claudePm');
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #findings: readonly Finding[] = [];
  #folder: vscode.Uri | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<number> = Promise.resolve(0);

  /** The findings are those of a newer check. */
  readonly onDidCheck = this.#changed.event;

  constructor(
    private readonly session: WorkspaceSession,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(
      '**/{*.md,*.mdc,package.json,Makefile,makefile,justfile}',
    );
    const onFile = (uri: vscode.Uri) => {
      if (concerns(uri)) this.#schedule();
    };
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate(onFile),
      watcher.onDidChange(onFile),
      watcher.onDidDelete(onFile),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => onFile(uri)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => onFile(uri)),
      // Initialising, another configuration, another folder.
      session.onDidChange(() => this.#schedule()),
    ];
    if (vscode.workspace.textDocuments.some(({ uri }) => concerns(uri))) this.#schedule();
  }

  /** Checks whatever the setting says, and gives the number of findings. */
  checkNow(): Promise<number> {
    return this.#check(true);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#collection.dispose();
    this.#changed.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#check(false).catch((error: unknown) => showError(this.log, error)),
      quiet,
    );
  }

  /** One after another, so that an older answer never takes the place of a newer one. */
  #check(asked: boolean): Promise<number> {
    const next = this.#running.then(
      () => this.#checkOnce(asked),
      () => this.#checkOnce(asked),
    );
    this.#running = next;
    return next;
  }

  async #checkOnce(asked: boolean): Promise<number> {
    const folder = await this.session.folder();
    if (folder === undefined || !(asked || (await this.session.isInitialized())))
      return this.#show([], folder);
    const workspace = await this.session.open();
    if (!asked && !workspace.configuration.checkPrompts) return this.#show([], folder);
    const { findings, skipped } = await workspace.promptCheck.check();
    for (const { path, line, reason } of skipped) this.log.debug(`${path}:${line} ${reason}`);
    return this.#show(findings, folder);
  }

  #show(findings: readonly Finding[], folder: vscode.Uri | undefined): number {
    this.#findings = findings;
    this.#folder = folder;
    this.#collection.clear();
    const byPath = new Map<string, FindingDiagnostic[]>();
    for (const finding of folder === undefined ? [] : findings) {
      const own = byPath.get(finding.place.path) ?? [];
      if (folder !== undefined) own.push(new FindingDiagnostic(finding, folder));
      byPath.set(finding.place.path, own);
    }
    for (const [path, diagnostics] of byPath) {
      if (folder !== undefined) this.#collection.set(vscode.Uri.joinPath(folder, path), diagnostics);
    }
    this.#changed.fire();
    return findings.length;
  }

  /** The findings of a file that a diagnostic of it stands for; VS Code gives copies of ours. */
  findingsAt(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): readonly Finding[] {
    const folder = this.#folder;
    if (folder === undefined) return [];
    return diagnostics
      .filter(({ source }) => source === diagnosticSource)
      .flatMap((diagnostic) =>
        this.#findings.filter(
          ({ place, code, message }) =>
            code === diagnostic.code &&
            message === diagnostic.message &&
            vscode.Uri.joinPath(folder, place.path).toString() === uri.toString() &&
            place.line - 1 === diagnostic.range.start.line,
        ),
      );
  }
}

function concerns(uri: vscode.Uri): boolean {
  return (
    uri.scheme === 'file' &&
    !/\/(?:node_modules|\.git|\.claude-pm)\//.test(uri.path) &&
    (promptName.test(uri.path) || factName.test(uri.path))
  );
}
