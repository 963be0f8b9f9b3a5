import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from './errorsFromNode';
import { isWithin } from './folders';

export interface FolderWatcherOptions {
  /** May come into being later, or be replaced. */
  readonly root: string;
  readonly ignored: (path: string) => boolean;
  /** Path of a file or folder that was made, written or removed; one change may be told several times. */
  readonly onChange: (path: string) => void;
  /** A folder cannot be watched, as when the system allows no more watches. */
  readonly onError: (error: unknown) => void;
}

interface Watched {
  readonly inode: bigint;
  readonly watcher: FSWatcher;
}

/**
 * Tells of changes in a folder and all folders below it, also in those that are made several at once, into which
 * `@parcel/watcher` on Linux, and so VS Code, does not see (parcel-bundler/watcher#97). It takes one watch a folder:
 * chokidar takes one a file, of which there may be 100,000 here, and lists a folder anew at each change in it.
 */
export class FolderWatcher {
  readonly #options: FolderWatcherOptions;
  readonly #watched = new Map<string, Watched>();
  #looking: Promise<void> = Promise.resolve();
  #begun = false;
  #closed = false;

  constructor(options: FolderWatcherOptions) {
    this.#options = options;
  }

  /** Begins, or begins anew where the root is another folder now. Resolves when all folders below it are watched. */
  look(): Promise<void> {
    const { root } = this.#options;
    return this.#enqueue(async () => {
      const inode = await inodeOf(root);
      if (inode !== undefined && this.#watched.get(root)?.inode === inode) return;
      // Whoever calls for the first time reads what is there by itself.
      const tells = this.#begun;
      this.#begun = true;
      await this.#follow(root, tells);
    });
  }

  close(): void {
    this.#closed = true;
    this.#leave(this.#options.root);
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#looking = this.#looking.then(work).catch((error: unknown) => {
      // A folder that went meanwhile is told by the one above it.
      if (!isMissing(error)) this.#options.onError(error);
    });
    return this.#looking;
  }

  /** Watches a folder and those in it, and tells of what is already there if it came while nobody watched. */
  async #follow(folder: string, tells: boolean): Promise<void> {
    const inode = await inodeOf(folder);
    if (this.#closed) return;
    this.#leave(folder);
    if (inode === undefined) return;
    this.#watch(folder, inode);
    for (const entry of await entriesOf(folder)) {
      const found = path.join(folder, entry.name);
      if (this.#closed || this.#options.ignored(found)) continue;
      if (entry.isDirectory()) await this.#follow(found, tells);
      else if (tells) this.#options.onChange(found);
    }
  }

  #watch(folder: string, inode: bigint): void {
    const watcher = watch(folder, { persistent: false }, (event, name) => {
      if (name !== null) this.#onEvent(event, path.join(folder, name));
    });
    watcher.on('error', (error) => this.#options.onError(error));
    this.#watched.set(folder, { inode, watcher });
  }

  #onEvent(event: string, changed: string): void {
    if (this.#closed || this.#options.ignored(changed)) return;
    this.#options.onChange(changed);
    if (event !== 'rename') return;
    // Made, removed or moved: it may be a folder. Of one that goes itself its own name is told.
    const { root } = this.#options;
    const gone = changed === path.join(root, path.basename(root)) ? root : changed;
    void this.#enqueue(() => this.#follow(gone, true));
  }

  #leave(folder: string): void {
    const { watcher } = this.#watched.get(folder) ?? {};
    if (watcher === undefined) return;
    for (const [one, { watcher: below }] of this.#watched) {
      if (!isWithin(folder, one)) continue;
      below.close();
      this.#watched.delete(one);
    }
  }
}

/** Of a folder; undefined for what is none, or is not there. */
async function inodeOf(folder: string): Promise<bigint | undefined> {
  try {
    const found = await lstat(folder, { bigint: true });
    return found.isDirectory() ? found.ino : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
