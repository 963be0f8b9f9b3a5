import { resolve } from 'node:path';
import type { CollectionName, LogEntryOf, LogName, RecordOf } from '../core/model/collections';
import type { Clock, Store } from '../core/ports';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { ContentStore } from './contentStore';
import { updateGitIgnore } from './gitIgnore';
import { LogSegments } from './logSegments';
import { RecordFiles } from './recordFiles';
import { defaultPatience, holdsLock, withLock } from './workspaceLock';
import { WriterSlot } from './writerSlot';

export interface FileStoreOptions {
  /** Gives the month of log segments and the time in backups' names. */
  readonly clock: Clock;
  /** First part of the writer's name, where it must be the same in every run; else this machine's own. */
  readonly machine?: string;
  /** Milliseconds to wait for other processes before `LOCKED`. Default 20,000. */
  readonly patience?: number;
  /** Let git see what quotes people; without it, `.gitignore` is left as it is. */
  readonly shareQuotes?: boolean;
  /** Done by whoever takes the workspace's lock, before the work that it is taken for. */
  readonly beforeWork?: () => Promise<void>;
}

export type FileStore = Store & {
  /** Gives this writer's name free for the next process. */
  close(): Promise<void>;
};

/**
 * The store of one workspace. Opening writes nothing: folders, the cache and the writer's name come with the first write.
 * @param folder the `.claude-pm/` folder, which need not exist yet
 */
export async function openFileStore(folder: string, options: FileStoreOptions): Promise<FileStore> {
  const root = resolve(folder);
  const slot = new WriterSlot(root, options.machine);
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    ensureCache(root);
    const path = workspaceLockPath(root);
    const { beforeWork, patience = defaultPatience } = options;
    const isFirst = beforeWork !== undefined && !holdsLock(path);
    return withLock(
      path,
      async () => {
        records.relist();
        if (isFirst) await beforeWork();
        return work();
      },
      patience,
    );
  };
  const records = new RecordFiles(root, exclusive);
  const segments = new LogSegments(root, () => slot.name, options.clock);
  const contents = new ContentStore(root, options.clock, exclusive);

  let ignored: Promise<void> | undefined;
  /** Before this store's first write, so that nothing is ever there for git to see that should not be. */
  const guarded = async <T>(write: () => Promise<T>): Promise<T> => {
    const { shareQuotes } = options;
    if (shareQuotes !== undefined) ignored ??= updateGitIgnore(root, shareQuotes);
    await ignored;
    return write();
  };

  return {
    get writer() {
      return slot.name;
    },
    get: <C extends CollectionName>(collection: C, id: string) => records.get(collection, id),
    list: <C extends CollectionName>(collection: C, prefix?: string) => records.list(collection, prefix),
    ids: (collection, prefix) => records.ids(collection, prefix),
    put: <C extends CollectionName>(collection: C, record: RecordOf<C>) =>
      guarded(() => records.put(collection, record)),
    remove: (collection, id) => records.remove(collection, id),
    append: <L extends LogName>(log: L, entries: readonly LogEntryOf<L>[]) =>
      guarded(() => segments.append(log, entries)),
    readLog: <L extends LogName>(log: L) => segments.read(log),
    readLines: (log) => segments.readLines(log),
    forgetLines: (log, ids) => segments.forgetLines(log, ids),
    putContent: (bytes, visibility) => contents.put(bytes, visibility),
    getContent: (hash) => contents.get(hash),
    removeContent: (hash) => contents.remove(hash),
    keepPrivateContent: (hashes) => contents.keepPrivate(hashes),
    backup: (name, bytes) => contents.backup(name, bytes),
    exclusive: async (work) => exclusive(work),
    close: async () => slot.release(),
  };
}
