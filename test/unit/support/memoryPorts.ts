import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { PipelineError } from '../../../src/core/errors';
import {
  type CollectionName,
  collections,
  type LogEntryOf,
  type LogName,
  logTable,
  type RecordOf,
} from '../../../src/core/model/collections';
import type {
  Audit,
  AuditedChange,
  Cache,
  Clock,
  FileHistory,
  FileRevision,
  Hash,
  Listing,
  Log,
  LogLine,
  PromptFile,
  PromptFiles,
  Random,
  Skipped,
  Store,
  Visibility,
  WordKnowledge,
} from '../../../src/core/ports';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';

/** Raised by a test before an operation takes place: throwing makes that operation fail. */
export type Fault = (operation: string, subject: string) => void;

export const hash: Hash = { sha256: (data) => createHash('sha256').update(data).digest('hex') };

/** A clock that stands still until a test moves it. */
export class FixedClock implements Clock {
  #time: number;

  constructor(iso = '2026-11-01T12:00:00.000Z') {
    this.#time = Date.parse(iso);
  }

  now(): Date {
    return new Date(this.#time);
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}

/** Mulberry32: one 32-bit state, the same numbers for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** Keeps what was logged, as `level: message`. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  debug = (message: string): void => this.#keep('debug', message);
  info = (message: string): void => this.#keep('info', message);
  warn = (message: string): void => this.#keep('warn', message);
  error = (message: string): void => this.#keep('error', message);

  #keep(level: string, message: string): void {
    this.lines.push(`${level}: ${message}`);
  }
}

export class MemoryAudit implements Audit {
  readonly entries: { action: string; subject: string; detail: Readonly<Record<string, unknown>> }[] = [];
  /** What each entry says of before, after and why, in the same order. */
  readonly changes: AuditedChange[] = [];
  fault: Fault | undefined;

  async record(
    action: string,
    subject: string,
    detail: Readonly<Record<string, unknown>> = {},
    change: AuditedChange = {},
  ) {
    this.fault?.('audit', action);
    this.entries.push({ action, subject, detail });
    this.changes.push(change);
  }
}

/**
 * A store that holds records as JSON, validated by their schemas both ways; a key that the schema does not
 * know is refused. Stricter than the real one in one way: `exclusive` within `exclusive` throws, since a lock
 * need not be re-entrant.
 */
export class MemoryStore implements Store {
  readonly writer = 'memory';
  /** Called as `put`, `remove`, `append`, `putContent`, `backup` with the collection and id. */
  fault: Fault | undefined;
  readonly backups = new Map<string, Uint8Array>();
  readonly contents = new Map<string, Uint8Array>();
  readonly #private = new Set<string>();
  /** Files that do not parse, as `list` and `readLog` would report them. */
  readonly unreadable: Skipped[] = [];
  readonly #records = new Map<CollectionName, Map<string, string>>();
  readonly #logs = new Map<LogName, string[]>();
  readonly #holder = new AsyncLocalStorage<true>();
  #queue: Promise<unknown> = Promise.resolve();

  async get<C extends CollectionName>(collection: C, id: string): Promise<RecordOf<C> | undefined> {
    const json = this.#of(collection).get(id);
    return json === undefined ? undefined : parseRecord(collection, JSON.parse(json));
  }

  async list<C extends CollectionName>(collection: C, prefix = ''): Promise<Listing<RecordOf<C>>> {
    const entries = [...this.#of(collection)]
      .filter(([id]) => id.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return {
      records: entries.map(([, json]) => parseRecord(collection, JSON.parse(json))),
      skipped: this.unreadable,
    };
  }

  async ids(collection: CollectionName, prefix = ''): Promise<Listing<string>> {
    const ids = [...this.#of(collection).keys()].filter((id) => id.startsWith(prefix));
    return { records: ids.sort(), skipped: [] };
  }

  async put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void> {
    const given = JSON.stringify(record);
    const json = JSON.stringify(parseRecord(collection, JSON.parse(given)));
    refuseUnknownKeys(given, json);
    const key: string = collections[collection].idKey;
    const id = new Map<string, unknown>(Object.entries(record)).get(key);
    if (typeof id !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}$/.test(id)) {
      throw new PipelineError('UNSAFE_NAME', `"${String(id)}" cannot be a file name.`, {
        subject: String(id),
        remedy: 'Use another name.',
      });
    }
    this.fault?.('put', `${collection}/${id}`);
    this.#of(collection).set(id, json);
  }

  async remove(collection: CollectionName, id: string): Promise<void> {
    this.fault?.('remove', `${collection}/${id}`);
    this.#of(collection).delete(id);
  }

  async append<L extends LogName>(log: L, entries: readonly LogEntryOf<L>[]): Promise<void> {
    this.fault?.('append', log);
    const lines = this.#logs.get(log) ?? [];
    this.#logs.set(log, [...lines, ...entries.map((entry) => JSON.stringify(entry))]);
    for (const entry of entries) logTable[log].schema.parse(entry);
  }

  async readLog<L extends LogName>(log: L): Promise<Listing<LogEntryOf<L>>> {
    const byId = new Map<string, LogEntryOf<L>>();
    const { schema, idOf, prevails } = logTable[log];
    for (const line of this.#logs.get(log) ?? []) {
      const entry = schema.parse(JSON.parse(line));
      const former = byId.get(idOf(entry));
      byId.set(idOf(entry), former === undefined ? entry : prevails(former, entry));
    }
    return { records: [...byId.values()], skipped: this.unreadable };
  }

  async readLines(log: LogName): Promise<Listing<LogLine>> {
    const records = (this.#logs.get(log) ?? []).map((text, index) => ({
      path: `${logTable[log].folder}/2026-11.${this.writer}.jsonl`,
      line: index + 1,
      text,
      ended: true,
    }));
    return { records, skipped: this.unreadable };
  }

  async forgetLines(log: LogName, ids: ReadonlySet<string>): Promise<number> {
    this.fault?.('forgetLines', log);
    const lines = this.#logs.get(log) ?? [];
    const { schema, idOf } = logTable[log];
    const kept = lines.filter((line) => !ids.has(idOf(schema.parse(JSON.parse(line)) as never)));
    this.#logs.set(log, kept);
    return lines.length - kept.length;
  }

  async putContent(bytes: Uint8Array, visibility?: Visibility): Promise<string> {
    const name = hash.sha256(bytes);
    this.fault?.('putContent', name);
    if (visibility === 'private') this.#private.add(name);
    this.contents.set(name, bytes.slice());
    return name;
  }

  async getContent(name: string): Promise<Uint8Array> {
    const bytes = this.contents.get(name);
    if (bytes !== undefined) return bytes.slice();
    throw new PipelineError('NOT_FOUND', 'No such content.', { subject: name, remedy: 'Check the hash.' });
  }

  async removeContent(name: string): Promise<void> {
    this.fault?.('removeContent', name);
    this.contents.delete(name);
  }

  async keepPrivateContent(names: ReadonlySet<string>): Promise<void> {
    for (const name of [...this.#private].filter((one) => !names.has(one))) {
      this.#private.delete(name);
      await this.removeContent(name);
    }
  }

  async backup(name: string, bytes: Uint8Array): Promise<string> {
    this.fault?.('backup', name);
    const backup = `${name.replaceAll('/', '_')}.${this.backups.size + 1}`;
    this.backups.set(backup, bytes.slice());
    return backup;
  }

  exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#holder.getStore()) throw new Error('exclusive() was called within exclusive()');
    const run = this.#queue.then(() => this.#holder.run(true, work));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Everything that is stored, for "nothing changed". */
  snapshot(): string {
    const records = [...this.#records]
      .filter(([, map]) => map.size > 0)
      .map(([name, map]) => [name, [...map].sort()] as const);
    return JSON.stringify([records.sort(), [...this.#logs]]);
  }

  #of(collection: CollectionName): Map<string, string> {
    const known = this.#records.get(collection);
    if (known) return known;
    const made = new Map<string, string>();
    this.#records.set(collection, made);
    return made;
  }
}

function parseRecord<C extends CollectionName>(collection: C, value: unknown): RecordOf<C> {
  return collections[collection].schema.parse(value) as RecordOf<C>;
}

function refuseUnknownKeys(given: string, parsed: string): void {
  const canonical = (json: string) =>
    JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  if (canonical(given) !== canonical(parsed)) throw new Error(`unknown keys in a record: ${given}`);
}

/**
 * Prompt files in memory. `agentTypeOf` defaults to the file's stem, `main` for `CLAUDE.md` and `AGENTS.md`.
 */
export class MemoryPromptFiles implements PromptFiles {
  readonly files = new Map<string, Uint8Array>();
  readonly skipped: Skipped[] = [];
  /** What `userLevel` gives. */
  readonly ofUser: { path: string; agentType: string }[] = [];
  /** Called as `read` and `replace` with the path. */
  fault: Fault | undefined;
  /** Writes so far. */
  writes = 0;

  constructor(
    files: Readonly<Record<string, string | Uint8Array>> = {},
    public agentTypeOf: (path: string) => string = stemOf,
  ) {
    for (const [path, content] of Object.entries(files)) this.set(path, content);
  }

  /** As an editor outside would write it. */
  set(path: string, content: string | Uint8Array): void {
    this.files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  }

  text(path: string): string | undefined {
    const bytes = this.files.get(path);
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  }

  async discover(): Promise<Listing<PromptFile>> {
    const records = [...this.files]
      .filter(([path]) => !path.startsWith('~/'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({ path, agentType: this.agentTypeOf(path), bytes: bytes.slice() }));
    return { records, skipped: this.skipped };
  }

  /** Files whose path begins with `~/`, asked for or not. */
  async personal(): Promise<Listing<PromptFile>> {
    const records = [...this.files]
      .filter(([path]) => path.startsWith('~/'))
      .map(([path, bytes]) => ({ path, agentType: this.agentTypeOf(path), bytes: bytes.slice() }));
    return { records, skipped: [] };
  }

  async userLevel(): Promise<readonly { path: string; agentType: string }[]> {
    return this.ofUser;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    this.fault?.('read', path);
    return this.files.get(path)?.slice();
  }

  async replace(path: string, expected: string | null, bytes: Uint8Array): Promise<void> {
    this.fault?.('replace', path);
    const there = this.files.get(path);
    if ((there ? hash.sha256(there) : null) !== expected) {
      throw new PipelineError('TARGET_CHANGED', `${path} changed.`, { subject: path, remedy: 'Look at it.' });
    }
    this.files.set(path, bytes.slice());
    this.writes += 1;
  }

  async remove(path: string, expected: string): Promise<void> {
    this.fault?.('remove', path);
    const there = this.files.get(path);
    if (there === undefined || hash.sha256(there) !== expected) {
      throw new PipelineError('TARGET_CHANGED', `${path} changed.`, { subject: path, remedy: 'Look at it.' });
    }
    this.files.delete(path);
    this.writes += 1;
  }
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'CLAUDE.md' || name === 'AGENTS.md' ? 'main' : name.replace(/\.mdc?$/, '');
}

/** Values as JSON, as the real one keeps them. */
export class MemoryCache implements Cache {
  readonly values = new Map<string, string>();

  async read(area: string, key: string): Promise<unknown> {
    const json = this.values.get(`${area}/${key}`);
    return json === undefined ? undefined : JSON.parse(json);
  }

  async write(area: string, key: string, value: unknown): Promise<void> {
    this.values.set(`${area}/${key}`, JSON.stringify(value));
  }

  async clear(area: string): Promise<void> {
    for (const key of [...this.values.keys()]) if (key.startsWith(`${area}/`)) this.values.delete(key);
  }
}

/** Revisions by path (of the workspace's files relative to it), in the order of time. */
export class MemoryFileHistory implements FileHistory {
  readonly files = new Map<string, readonly FileRevision[]>();
  /** Calls of `revisions` and `at` so far. */
  asked = 0;

  constructor(readonly root = '/workspace') {}

  within(path: string): string | undefined {
    if (path.startsWith(`${this.root}/`)) return path.slice(this.root.length + 1);
    return path.startsWith('/') ? undefined : path;
  }

  async revisions(path: string, since: string, until: string): Promise<readonly FileRevision[]> {
    this.asked += 1;
    const [from, to] = [Date.parse(since), Date.parse(until)];
    return (this.files.get(this.within(path) ?? path) ?? []).filter(
      ({ at }) => Date.parse(at) > from && Date.parse(at) <= to,
    );
  }

  async at(path: string, time: string): Promise<FileRevision | undefined> {
    this.asked += 1;
    return (this.files.get(this.within(path) ?? path) ?? []).findLast(
      ({ at }) => Date.parse(at) <= Date.parse(time),
    );
  }
}

export interface MemoryPorts {
  readonly store: MemoryStore;
  readonly promptFiles: MemoryPromptFiles;
  readonly audit: MemoryAudit;
  readonly clock: FixedClock;
  readonly random: Random;
  readonly hash: Hash;
  readonly log: MemoryLog;
  readonly cache: MemoryCache;
  readonly fileHistory: MemoryFileHistory;
  readonly wordKnowledge: WordKnowledge;
}

/** Every port in memory: `now` is ISO 8601, files are by path relative to the workspace. */
export function memoryPorts(
  options: { files?: Readonly<Record<string, string | Uint8Array>>; now?: string; seed?: number } = {},
): MemoryPorts {
  return {
    store: new MemoryStore(),
    promptFiles: new MemoryPromptFiles(options.files),
    audit: new MemoryAudit(),
    clock: new FixedClock(options.now),
    random: seededRandom(options.seed ?? 1),
    hash,
    log: new MemoryLog(),
    cache: new MemoryCache(),
    fileHistory: new MemoryFileHistory(),
    wordKnowledge: openWordKnowledge(),
  };
}
