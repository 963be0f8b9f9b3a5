import * as vscode from 'vscode';
import type { FolderWatcher } from '../node/folderWatcher';
import { loadEngine } from './engine';
import { dataFolder } from './ids';
import type { WorkspaceSession } from './workspaceSession';

/** What the command line, another window or this one writes below the data folder, but for its cache, which is derived. */
export class RecordChanges implements vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[];
  #watcher: FolderWatcher | undefined;
  #root: string | undefined;
  #started = false;
  #disposed = false;

  /** Of a file or folder that was made, written or removed. One change may be told several times. */
  readonly onDidChange = this.#changed.event;

  constructor(session: WorkspaceSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    const watcher = vscode.workspace.createFileSystemWatcher(`{**/${dataFolder},**/${dataFolder}/**}`);
    const tell = (uri: vscode.Uri) => {
      if (!isCache(uri.path)) this.#changed.fire(uri);
      if (uri.path.endsWith(`/${dataFolder}`)) this.#follow();
    };
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidCreate(tell),
      watcher.onDidChange(tell),
      watcher.onDidDelete(tell),
      // It may be another folder's.
      session.onDidChange(() => this.#follow()),
    ];
  }

  /**
   * From now on it also sees into folders that were made together, as VS Code does not on Linux. There alone: on Windows
   * a folder that is watched by itself can be neither moved nor removed.
   */
  start(): void {
    this.#started = process.platform === 'linux';
    this.#follow();
  }

  dispose(): void {
    this.#disposed = true;
    this.#watcher?.close();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #follow(): void {
    if (!this.#started) return;
    void this.#look().catch((error: unknown) => this.#log.warn(`Watching records: ${String(error)}`));
  }

  async #look(): Promise<void> {
    const folder = await this.#session.folder();
    if (folder === undefined) return;
    const root = vscode.Uri.joinPath(folder, dataFolder).fsPath;
    const { FolderWatcher } = await loadEngine();
    if (this.#disposed) return;
    if (root !== this.#root) {
      this.#watcher?.close();
      this.#root = root;
      this.#watcher = new FolderWatcher({
        root,
        ignored: (path) => isCache(vscode.Uri.file(path).path),
        onChange: (path) => this.#changed.fire(vscode.Uri.file(path)),
        onError: (error) => this.#log.warn(`Watching ${root}: ${String(error)}`),
      });
    }
    await this.#watcher?.look();
  }
}

function isCache(path: string): boolean {
  return /\/\.cache(\/|$)/.test(path.slice(path.lastIndexOf(`/${dataFolder}/`)));
}
