import {
  type CollectionName,
  collections,
  type LogEntryOf,
  type LogName,
  logs,
  type RecordOf,
} from '../model/collections';
import type { Listing, Skipped, Store } from '../ports';

/** The records of one check of health: each collection and log is read when it is first asked for, and once. */
export class HealthRecords {
  readonly #collections = new Map<CollectionName, Promise<Listing<never>>>();
  readonly #logs = new Map<LogName, Promise<Listing<never>>>();

  constructor(private readonly store: Pick<Store, 'list' | 'readLog'>) {}

  list<C extends CollectionName>(name: C): Promise<Listing<RecordOf<C>>> {
    return once(this.#collections, name, () => this.store.list(name));
  }

  log<L extends LogName>(name: L): Promise<Listing<LogEntryOf<L>>> {
    return once(this.#logs, name, () => this.store.readLog(name));
  }

  /** How many records there are, and each that cannot be read. */
  async all(): Promise<{
    readonly readable: number;
    readonly unreadable: readonly Skipped[];
    /** Files of the prototype, which stay as they are. */
    readonly prototype: number;
  }> {
    const unreadable = new Map<string, Skipped>();
    let readable = 0;
    let prototype = 0;
    const add = ({ records, skipped, legacy }: Listing<unknown>) => {
      readable += records.length;
      prototype += legacy?.length ?? 0;
      for (const each of skipped) unreadable.set(`${each.path}:${each.line}`, each);
    };
    for (const name of Object.keys(collections) as CollectionName[]) add(await this.list(name));
    for (const name of Object.keys(logs) as LogName[]) add(await this.log(name));
    return { readable, unreadable: [...unreadable.values()], prototype };
  }
}

function once<K, T>(kept: Map<K, Promise<unknown>>, key: K, read: () => Promise<T>): Promise<T> {
  const known = kept.get(key) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const reading = read();
  kept.set(key, reading);
  return reading;
}
