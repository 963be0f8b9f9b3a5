import * as vscode from 'vscode';

export interface VirtualSource {
  read(uri: vscode.Uri): Promise<Uint8Array>;
  /** Left out for read-only documents. */
  write?(uri: vscode.Uri, bytes: Uint8Array): Promise<void>;
}

interface Stamp {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/**
 * Documents that are made from records instead of files. A file system and no content provider, also for the read-only
 * ones: VS Code then activates the extension by itself when it restores a diff after a restart.
 */
export class VirtualFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #source: VirtualSource;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #stamps = new Map<string, Stamp>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(source: VirtualSource) {
    this.#source = source;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, mtime } = await this.#load(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#load(uri)).bytes;
  }

  async writeFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    if (!this.#source.write) throw vscode.FileSystemError.NoPermissions(uri);
    await this.#source.write(uri, bytes);
    this.refresh([uri]);
  }

  /** Open editors of these documents read them again, unless the person has typed in them. */
  refresh(uris: readonly vscode.Uri[]): void {
    this.#changed.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** The modification time moves on when, and only when, the bytes do: VS Code detects conflicting saves by it. */
  async #load(uri: vscode.Uri): Promise<Stamp> {
    const key = uri.toString();
    const bytes = await this.#read(uri);
    const known = this.#stamps.get(key);
    if (known && Buffer.compare(known.bytes, bytes) === 0) return known;
    const stamp = { bytes, mtime: Math.max(Date.now(), (known?.mtime ?? 0) + 1) };
    this.#stamps.set(key, stamp);
    return stamp;
  }

  async #read(uri: vscode.Uri): Promise<Uint8Array> {
    try {
      return await this.#source.read(uri);
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      // The message reaches the person in the editor's place.
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }
}
