import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { PipelineError } from '../core/errors';
import type { BackupSecrets } from '../node/backup/backupKeys';
import type { Workspace } from '../node/openWorkspace';
import type { Standing } from './canary/experimentView';
import { setContext } from './contextKeys';
import { loadEngine } from './engine';
import { dataFolder } from './ids';
import { withoutLinks } from './plainText';
import type { ChangedHistories, SessionChange } from './sessionChange';
import { readIdentity, readOverrides } from './settings';
import { showError } from './showError';
import { type HistoryView, readHistory, readSnapshot, type Snapshot } from './snapshot';

/** Asks the disk itself: `workspace.fs` asks the window first, which has other things to do while it draws. */
async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await stat(uri.fsPath);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Something that lives with the open workspace. */
export interface WorkspaceCompanion {
  /** Ends what goes on in the workspace before it is closed. */
  beforeClose(): Promise<void>;
}

/** The open folder's engine, opened on first use, and what was last read from it. */
export class WorkspaceSession implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<SessionChange>();
  readonly #backupSecrets: BackupSecrets | undefined;
  readonly #companions: WorkspaceCompanion[] = [];
  /** How experiments stood when they were last looked at, by id. Whoever looks says so here, and lets the session follow. */
  readonly standings = new Map<string, Standing>();
  #opened: Promise<Workspace> | undefined;
  /** The opening whose outcome was told. */
  #told: Promise<Workspace> | undefined;
  #snapshot: Promise<Snapshot | undefined> | undefined;
  /** The last snapshot as text, to tell a change from a mere write; undefined when it could not be read. */
  #lastRead: string | undefined;

  /** Something on disk may have changed: read again. */
  readonly onDidChange = this.#changed.event;
  readonly #opening = new vscode.EventEmitter<unknown>();
  /** The folder was opened, or, with the error, could not be. */
  readonly onDidOpen = this.#opening.event;

  constructor(log: vscode.LogOutputChannel, backupSecrets?: BackupSecrets) {
    this.#log = log;
    this.#backupSecrets = backupSecrets;
  }

  attach(companion: WorkspaceCompanion): void {
    this.#companions.push(companion);
  }

  /** The first folder that is initialised, else the first folder. */
  async folder(): Promise<vscode.Uri | undefined> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    for (const folder of folders) {
      if (await exists(vscode.Uri.joinPath(folder.uri, dataFolder))) return folder.uri;
    }
    return folders[0]?.uri;
  }

  /** Prompts were adopted; a folder that holds only a configuration is not initialised yet. */
  async isInitialized(): Promise<boolean> {
    const folder = await this.folder();
    if (!folder) return false;
    const { collections } = await loadEngine();
    return exists(vscode.Uri.joinPath(folder, dataFolder, collections.templates.folder));
  }

  /** @throws PipelineError ILLEGAL_STATE without a folder; whatever opening throws */
  async open(): Promise<Workspace> {
    const opening = this.#opened ?? this.#open();
    this.#opened = opening;
    const isFirst = opening !== this.#told;
    this.#told = opening;
    try {
      const workspace = await opening;
      if (isFirst) this.#opening.fire(undefined);
      return workspace;
    } catch (error) {
      if (isFirst) this.#opening.fire(error);
      // A failed opening must not stick: the person may have mended the configuration.
      if (this.#opened === opening) this.#opened = undefined;
      throw error;
    }
  }

  /** Opens the workspace and, where it has no records yet, makes them: adopts the prompt files it finds. */
  async openInitialized(): Promise<Workspace> {
    const initialized = await this.isInitialized();
    const workspace = await this.open();
    if (!initialized) await workspace.templates.adopt();
    return workspace;
  }

  /** `undefined` without a folder or without records. */
  snapshot(): Promise<Snapshot | undefined> {
    this.#snapshot ??= this.#read();
    return this.#snapshot;
  }

  /** The versions of one template and what became of them. @throws PipelineError NOT_FOUND */
  async history(templateId: string): Promise<HistoryView> {
    const view = await readHistory(await this.open(), templateId);
    for (const one of view.skipped) this.#log.warn(`${one.path}:${one.line} ${one.reason}`);
    return view;
  }

  /** Something that this window did has changed what is on disk. */
  refresh(histories: ChangedHistories = 'all'): void {
    this.#snapshot = undefined;
    this.#changed.fire({ histories });
  }

  /**
   * Something was written below the data folder: reads again, and tells only of a change. A tree that is rebuilt without
   * need loses the row under the mouse.
   * @param histories those of whose records some were written
   */
  async follow(histories: ChangedHistories = new Set()): Promise<void> {
    const before = this.#lastRead;
    this.#snapshot = this.#read();
    // Who shows the snapshot reads it too, and tells why it cannot be read.
    await this.#snapshot.catch(() => undefined);
    const isSame = this.#lastRead !== undefined && this.#lastRead === before;
    if (!isSame || histories === 'all' || histories.size > 0) this.#changed.fire({ histories });
  }

  /** The configuration changed: open anew. */
  async reopen(): Promise<void> {
    await this.#close();
    this.refresh();
  }

  dispose(): void {
    this.#changed.dispose();
    this.#opening.dispose();
    void this.#close().catch((error: unknown) => this.#log.error(String(error)));
  }

  async #open(): Promise<Workspace> {
    const folder = await this.folder();
    if (!folder) {
      throw new PipelineError('ILLEGAL_STATE', 'No folder is open.', {
        subject: 'workspace',
        remedy: 'Open the folder that holds your agents’ prompts; nothing was changed.',
      });
    }
    const engine = await loadEngine();
    const identity = readIdentity();
    const workspace = await engine.openWorkspace(folder.fsPath, {
      log: this.#log,
      face: 'extension',
      process: 'extension-host',
      ...(identity === undefined ? {} : { identity }),
      overrides: readOverrides(engine, folder),
      analysisThread: join(__dirname, 'analysisWorker.js'),
      ...(this.#backupSecrets ? { backupSecrets: this.#backupSecrets } : {}),
    });
    await this.#recover(workspace);
    return workspace;
  }

  /** Tells of changes that were interrupted. A workspace that cannot be written can still be read. */
  async #recover(workspace: Workspace): Promise<void> {
    try {
      for (const { message } of await workspace.recover()) {
        void vscode.window.showWarningMessage(withoutLinks(`Claude PM: ${message}`));
      }
    } catch (error) {
      showError(this.#log, error);
    }
  }

  async #read(): Promise<Snapshot | undefined> {
    this.#lastRead = undefined;
    const snapshot = await this.#readNow();
    this.#lastRead = JSON.stringify(snapshot ?? null);
    return snapshot;
  }

  async #readNow(): Promise<Snapshot | undefined> {
    const folder = await this.folder();
    const ready = folder !== undefined && (await this.isInitialized());
    setContext('state', folder === undefined ? 'no-folder' : ready ? 'ready' : 'uninitialized');
    if (!ready) return undefined;
    const hasCorrections = await this.#hasCorrections(folder);
    const workspace = await this.open();
    const snapshot = await readSnapshot(workspace, hasCorrections, this.standings);
    setContext('hasCorrections', hasCorrections);
    setContext('cannotDeploy', !(await workspace.access.may('prompts.deploy')));
    const runs = snapshot.templates.some(({ experiment }) => experiment?.experiment.status === 'running');
    setContext('canaryRuns', runs);
    for (const one of snapshot.skipped) this.#log.warn(`${one.path}:${one.line} ${one.reason}`);
    return snapshot;
  }

  /** By the presence of a segment: counting them would read all of them. */
  async #hasCorrections(folder: vscode.Uri): Promise<boolean> {
    const { logs } = await loadEngine();
    const segments = vscode.Uri.joinPath(folder, dataFolder, logs.corrections.folder);
    if (!(await exists(segments))) return false;
    const names = await readdir(segments.fsPath);
    return names.some((name) => name.endsWith('.jsonl'));
  }

  async #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    for (const companion of this.#companions) await companion.beforeClose();
    if (opened) await (await opened).close();
  }
}
