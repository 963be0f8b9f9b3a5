import type { CollectionName, LogEntryOf, LogName, RecordOf } from './model/collections';
import type { HabitEntry } from './model/habit';
import type { Operation } from './roles/operations';
import type { RoleSubject } from './roles/roleTable';
import type { WordVectors } from './text/wordVectors';

/** What the core needs from outside. Adapters live in `src/node`, fakes in the tests. */

export interface Clock {
  now(): Date;
}

/** Uniform pseudo-random numbers in [0, 1). Seeded, so that a run can be repeated exactly. */
export interface Random {
  next(): number;
}

export interface Hash {
  /** Lower-case hexadecimal SHA-256 (64 characters) of UTF-8 text or raw bytes. */
  sha256(data: string | Uint8Array): string;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Something that was read past because it could not be understood. `line` counts from 1; 0 means the whole file. */
export interface Skipped {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** One line of a log's segment as it lies on the disk, whether it can be read or not. */
export interface LogLine {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  /** Without its line feed; undefined for bytes that are not UTF-8. */
  readonly text: string | undefined;
  /** It has its line feed: nothing cut it off. */
  readonly ended: boolean;
}

/** Records in the order of their ids (logs: in the order they were written), and what could not be read. */
export interface Listing<T> {
  readonly records: readonly T[];
  readonly skipped: readonly Skipped[];
  /** Files of the prototype that lie among the records: they are none, and stay as they are. */
  readonly legacy?: readonly string[];
}

/** The records of one workspace's `.claude-pm/`. Every write is durable when its promise resolves. */
export interface Store {
  /** Name of this writer: segments of logs bear it. No two live processes share one. */
  readonly writer: string;

  get<C extends CollectionName>(collection: C, id: string): Promise<RecordOf<C> | undefined>;
  /** Of all ids, or of those that begin with `prefix`: only their files are read. */
  list<C extends CollectionName>(collection: C, prefix?: string): Promise<Listing<RecordOf<C>>>;
  /** The ids of which there are records, in order; no record is read. A folder that cannot be listed is in `skipped`. */
  ids(collection: CollectionName, prefix?: string): Promise<Listing<string>>;
  /** Creates or replaces. @throws PipelineError `UNSAFE_NAME` for an id that cannot be a file name. */
  put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void>;
  remove(collection: CollectionName, id: string): Promise<void>;

  append<L extends LogName>(log: L, entries: readonly LogEntryOf<L>[]): Promise<void>;
  /** Of lines of the same id one holds: the later one, unless the log's own rule (`logs`) prefers the earlier. */
  readLog<L extends LogName>(log: L): Promise<Listing<LogEntryOf<L>>>;
  /** Every line as it is on the disk, segment by segment, for who checks the log itself. What cannot be opened is in `skipped`. */
  readLines(log: LogName): Promise<Listing<LogLine>>;
  /**
   * Takes the lines of these ids out of every segment, for good. Call it inside `exclusive`, and append to that log only
   * there too. Lines that cannot be read stay. Returns the number of lines that went.
   */
  forgetLines(log: LogName, ids: ReadonlySet<string>): Promise<number>;

  /** Keeps raw bytes by content hash (SHA-256, hexadecimal) and returns that hash. */
  putContent(bytes: Uint8Array, visibility?: Visibility): Promise<string>;
  /** @throws PipelineError `NOT_FOUND`, or `VERIFICATION_FAILED` when the bytes no longer match the hash. */
  getContent(hash: string): Promise<Uint8Array>;
  /** Removes bytes that no record refers to any longer; none there are no error. @throws PipelineError `UNSAFE_NAME`, `STORAGE_FAILED` */
  removeContent(hash: string): Promise<void>;
  /** Removes all private bytes but these. @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED` */
  keepPrivateContent(hashes: ReadonlySet<string>): Promise<void>;
  /** Copies bytes that are about to be replaced in a target; named by target and time for a person who looks. */
  backup(name: string, bytes: Uint8Array): Promise<string>;

  /** Runs `work` while no other process holds the same lock on this workspace. @throws PipelineError `LOCKED`. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/** `private`: bytes that may hold secrets, kept where neither git nor a backup takes them, and which a person may throw away. */
export type Visibility = 'shared' | 'private';

/** What was changed: a record, which is hashed as canonical JSON, or the SHA-256 of a file's bytes; null for none. */
export type Audited = object | string | null;

export interface AuditedChange {
  readonly before?: Audited;
  readonly after?: Audited;
  /** The person's own reason, where one was given. It is kept as it stands: never a text of a prompt or a correction. */
  readonly why?: string;
}

/** The append-only record of every change; its entries are hash-chained. */
export interface Audit {
  /** `action` is `<component>.<verb>`, as in `template.deployed`; `detail` holds ids and hashes, never texts. */
  record(
    action: string,
    subject: string,
    detail?: Readonly<Record<string, unknown>>,
    change?: AuditedChange,
  ): Promise<void>;
}

/** Who may do what. Enforced by the components themselves, so that no face can forget it. */
export interface Access {
  /** @throws PipelineError FORBIDDEN, naming who, the role that it takes, and where roles are set */
  require(operation: Operation, subject?: RoleSubject): Promise<void>;
  may(operation: Operation, subject?: RoleSubject): Promise<boolean>;
}

/** A prompt file that was found. `path` is relative to the workspace, with forward slashes; one of the person's own begins with `~/.claude/`. */
export interface PromptFile {
  readonly path: string;
  readonly agentType: string;
  readonly bytes: Uint8Array;
}

/** The prompt files that agents read: found, read, and replaced by compare-and-swap. */
export interface PromptFiles {
  discover(): Promise<Listing<PromptFile>>;
  /** The person's own prompt files, which hold in every project; their paths are absolute. */
  userLevel(): Promise<readonly Pick<PromptFile, 'path' | 'agentType'>[]>;
  /**
   * The same files with their bytes, under the names that their templates bear: `~/.claude/CLAUDE.md`. None until the person has asked once
   * for this workspace (`asked`), nor can one be read or replaced before.
   */
  personal(options: { readonly asked: boolean }): Promise<Listing<PromptFile>>;
  /** `undefined` when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes atomically, then reads back. `expected` is the SHA-256 of what must be there now, `null` for no file.
   * @throws PipelineError `TARGET_CHANGED`, `PERMISSION_DENIED`, `VERIFICATION_FAILED`
   */
  replace(path: string, expected: string | null, bytes: Uint8Array): Promise<void>;
  /**
   * Removes a file whose bytes have this SHA-256.
   * @throws PipelineError `TARGET_CHANGED`, `PERMISSION_DENIED`, `STORAGE_FAILED`
   */
  remove(path: string, expected: string): Promise<void>;
}

/** Derived data that may be deleted at any time and is never committed. What is put there must be redacted. */
export interface Cache {
  /** `undefined` when there is none, or none that can be read. */
  read(area: string, key: string): Promise<unknown>;
  write(area: string, key: string, value: unknown): Promise<void>;
  /** Deletes all of an area. */
  clear(area: string): Promise<void>;
}

/** A file's text as it was at some time. */
export interface FileRevision {
  readonly text: string;
  /** ISO 8601 with offset: when it was committed, or changed on disk. */
  readonly at: string;
  readonly origin: 'working-copy' | 'commit';
}

/** What became of files of the workspace, on disk and in version control. */
export interface FileHistory {
  /** The path relative to the workspace, with forward slashes; undefined for one that lies elsewhere. Reads nothing. */
  within(path: string): string | undefined;
  /** The revisions that came after `since` and not after `until`, the oldest first; none for a file outside. */
  revisions(path: string, since: string, until: string): Promise<readonly FileRevision[]>;
  /** The file as it was at this time, as far as can be known. */
  at(path: string, time: string): Promise<FileRevision | undefined>;
}

/** A project as the index of habits names it. */
export interface HabitOwner {
  /** Base name of its folder, to show. */
  readonly name: string;
  /** SHA-256 of its folder's real path. */
  readonly pathHash: string;
}

/**
 * The index of corrections of all projects of one person, in their own folder. Others may write anything there: it is data, what is
 * not of the index is named in `skipped` and left as it is. Each call does what the caller has made sure is allowed.
 */
export interface HabitIndex {
  /** This project. Looks at nothing outside the workspace. */
  owner(): Promise<HabitOwner>;
  /**
   * Replaces the entries of this project, durably. Call it inside the store's `exclusive`, with what was read there.
   * @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED`
   */
  write(entries: readonly HabitEntry[]): Promise<readonly Skipped[]>;
  /** Takes this project out, where it is there. @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED` */
  remove(): Promise<readonly Skipped[]>;
  /** The entries of the other projects. */
  others(): Promise<Listing<HabitEntry>>;
}

/** What words mean, as far as a table that comes with the product, or one of the person's own, knows. */
export interface WordKnowledge {
  /** The same table each time; read once. @throws PipelineError INVALID_INPUT, NOT_FOUND */
  load(): Promise<WordVectors>;
}

/** USD per million tokens. */
export interface ModelPrices {
  readonly input: number;
  readonly output: number;
}

export interface ModelRequest {
  readonly system?: string;
  readonly prompt: string;
  readonly maxOutputTokens: number;
  /** JSON Schema of the answer, for models that can be held to one. Others are told of it in the prompt: check the answer. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** In [0, 2]. Models that know none leave it out. */
  readonly temperature?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The model's service counted them; else they are estimated from the texts. */
  readonly measured: boolean;
}

export interface ModelAnswer {
  readonly text: string;
  readonly usage: ModelUsage;
  /** USD, where the prices are known. */
  readonly cost?: number;
}

/** A model that answers one question at a time. May be asked several questions at once. Nothing is remembered between them. */
export interface LanguageModel {
  /** `provider:name` */
  readonly id: string;
  /** Where it is reached, to show: an address, a program, VS Code. */
  readonly place: string;
  /** Absent: not known, which is not the same as free. */
  readonly prices?: ModelPrices;
  /**
   * Waits and tries again by itself where the service is busy.
   * @throws PipelineError MODEL_FAILED, PERMISSION_DENIED (key or consent is missing), NOT_FOUND (no such model), TIMED_OUT, CANCELLED
   */
  complete(request: ModelRequest): Promise<ModelAnswer>;
  countTokens?(text: string): Promise<number>;
}

/** Everything a component may use. Components take the parts they need. */
export interface Ports {
  readonly store: Store;
  readonly promptFiles: PromptFiles;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
  readonly hash: Hash;
  readonly log: Log;
  readonly cache: Cache;
  readonly fileHistory: FileHistory;
  readonly wordKnowledge: WordKnowledge;
  /** Without one, everybody may do everything. */
  readonly access?: Access;
  /** Without one, every project stands for itself. */
  readonly habitIndex?: HabitIndex;
}
