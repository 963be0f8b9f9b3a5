import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { isLegacyFile } from '../core/legacy/legacyFile';
import { type CollectionName, collections, type RecordOf } from '../core/model/collections';
import type { Listing, Skipped } from '../core/ports';
import { sweepTemporaryFiles, writeFileAtomically } from './atomicFile';
import { isMissing, reasonOf, storageError, systemCode } from './errorsFromNode';
import { FolderNames, namesIn } from './folderNames';
import { assertWithin, displayPath, ensureFolder, syncFolder } from './folders';
import { decodeUtf8, readJson } from './jsonText';
import { safeName } from './safeName';
import { describeIssue } from './schemaIssues';

type CollectionTable = {
  readonly [C in CollectionName]: {
    readonly folder: string;
    readonly schema: z.ZodMiniType<RecordOf<C>>;
    readonly idKey: string;
  };
};
const table: CollectionTable = collections;

type RecordReading<T> =
  | { readonly state: 'absent' }
  | { readonly state: 'readable'; readonly record: T }
  | { readonly state: 'unreadable'; readonly line: number; readonly reason: string }
  /** A file of the prototype: no record of this product, and not to be touched. */
  | { readonly state: 'legacy' };

const legacyReason = 'it is a file of the prototype, which this product imports and does not use';

const extension = '.json';
const setAsideName = /\.json\.unreadable-\d+$/;
/** Files read at the same time. */
const batch = 32;

/** Records that are one JSON file each, `<folder>/<id>.json`, replaced as a whole or not at all. */
export class RecordFiles {
  readonly #swept = new Set<string>();
  readonly #names = new FolderNames();

  constructor(
    /** The `.claude-pm/` folder. */
    private readonly root: string,
    private readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>,
  ) {}

  /** What follows is asked of the disk itself, as whoever is about to change records must. */
  relist(): void {
    this.#names.forget();
  }

  /** @throws PipelineError `UNSAFE_NAME`, `RECORD_UNREADABLE`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async get<C extends CollectionName>(collection: C, id: string): Promise<RecordOf<C> | undefined> {
    const path = this.#path(collection, id);
    const reading = await this.#read(collection, id, path);
    if (reading.state === 'absent') return undefined;
    if (reading.state === 'readable') return reading.record;
    if (reading.state === 'legacy') throw this.#isLegacy(path);
    throw new PipelineError('RECORD_UNREADABLE', `The record ${path} cannot be read: ${reading.reason}.`, {
      subject: reading.line > 0 ? `${path}:${reading.line}` : path,
      remedy: 'Repair the file, or take an older one from version control; it is kept as it is.',
    });
  }

  /** Of all ids, or of those that begin with `prefix`: no other file is read. */
  async list<C extends CollectionName>(collection: C, prefix = ''): Promise<Listing<RecordOf<C>>> {
    const folder = join(this.root, table[collection].folder);
    const names = await this.#names.namesIn(folder, prefix);
    if (!names.ok) return { records: [], skipped: [this.#unlisted(folder, names.reason)] };
    const wanted = names.names;
    const ids = idsAmong(wanted);
    const records: RecordOf<C>[] = [];
    const legacy: string[] = [];
    const skipped: Skipped[] = wanted
      .filter((name) => setAsideName.test(name))
      .map((name) => this.#skipped(join(folder, name), 0, 'was set aside because it could not be read'));
    for (let start = 0; start < ids.length; start += batch) {
      const part = ids.slice(start, start + batch);
      const readings = await Promise.all(part.map((id) => this.#readForList(collection, id, folder)));
      for (const reading of readings) {
        if ('skipped' in reading) skipped.push(reading.skipped);
        else if ('legacy' in reading) legacy.push(reading.legacy);
        else if (reading.record !== undefined) records.push(reading.record);
      }
    }
    return { records, skipped, ...(legacy.length === 0 ? {} : { legacy }) };
  }

  /** Of all ids, or of those that begin with `prefix`; no file is read. */
  async ids(collection: CollectionName, prefix = ''): Promise<Listing<string>> {
    const folder = join(this.root, table[collection].folder);
    const names = await this.#names.namesIn(folder, prefix);
    if (!names.ok) return { records: [], skipped: [this.#unlisted(folder, names.reason)] };
    return { records: idsAmong(names.names), skipped: [] };
  }

  /** @throws PipelineError `UNSAFE_NAME`, `INVALID_INPUT`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void> {
    const { schema, idKey } = table[collection];
    const id = idOf(record, idKey);
    const path = this.#path(collection, id);
    const checked = z.safeParse(schema, record);
    if (!checked.success) {
      throw new PipelineError(
        'INVALID_INPUT',
        `The record ${id} of ${collection} is not valid: ${describeIssue(checked.error.issues[0])}.`,
        { subject: path, remedy: 'Nothing was written. This is a fault of the program; please report it.' },
      );
    }
    await this.#makeWay(collection, id, path);
    try {
      await this.#ensure(dirname(path));
      await writeFileAtomically(path, `${JSON.stringify(checked.data, null, 2)}\n`);
      this.relist();
    } catch (cause) {
      throw storageError(cause, 'write', path);
    }
  }

  async remove(collection: CollectionName, id: string): Promise<void> {
    const path = this.#path(collection, id);
    await this.#makeWay(collection, id, path);
    try {
      await rm(path);
      this.relist();
      await syncFolder(dirname(path));
    } catch (cause) {
      if (!isMissing(cause)) throw storageError(cause, 'remove', path);
    }
  }

  #path(collection: CollectionName, id: string): string {
    return join(this.root, table[collection].folder, `${safeName(id)}${extension}`);
  }

  #isLegacy(path: string): PipelineError {
    return new PipelineError('RECORD_UNREADABLE', `${path} is no record: ${legacyReason}.`, {
      subject: path,
      remedy: 'Move the file elsewhere if it is in the way; it was left as it is.',
    });
  }

  #unlisted(folder: string, reason: string): Skipped {
    return this.#skipped(folder, 0, `cannot be listed: ${reason}`);
  }

  #skipped(path: string, line: number, reason: string): Skipped {
    return { path: displayPath(dirname(this.root), path), line, reason };
  }

  async #ensure(folder: string): Promise<void> {
    await assertWithin(this.root, folder);
    await ensureFolder(folder);
    if (this.#swept.has(folder)) return;
    this.#swept.add(folder);
    await sweepTemporaryFiles(folder);
  }

  async #read<C extends CollectionName>(
    collection: C,
    id: string,
    path: string,
  ): Promise<RecordReading<RecordOf<C>>> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (cause) {
      if (isMissing(cause)) return { state: 'absent' };
      if (systemCode(cause) === 'EISDIR') return { state: 'unreadable', line: 0, reason: reasonOf(cause) };
      throw storageError(cause, 'read', path);
    }
    const text = decodeUtf8(bytes);
    if (text === undefined) return { state: 'unreadable', line: 0, reason: 'it is not UTF-8 text' };
    const json = readJson(text);
    if (!json.ok) {
      if (isLegacyFile(text)) return { state: 'legacy' };
      return { state: 'unreadable', line: json.line, reason: json.reason };
    }
    const { schema, idKey } = table[collection];
    const checked = z.safeParse(schema, json.value);
    if (!checked.success) {
      if (isLegacyFile(text)) return { state: 'legacy' };
      return { state: 'unreadable', line: 0, reason: describeIssue(checked.error.issues[0]) };
    }
    // A file system that ignores case, or a copy under another name, gives another record than was asked for.
    const ownId = idOf(checked.data, idKey);
    if (ownId === id) return { state: 'readable', record: checked.data };
    return { state: 'unreadable', line: 0, reason: `its ${idKey} is another than its file name says` };
  }

  async #readForList<C extends CollectionName>(
    collection: C,
    id: string,
    folder: string,
  ): Promise<{ record: RecordOf<C> | undefined } | { skipped: Skipped } | { legacy: string }> {
    const path = join(folder, `${id}${extension}`);
    try {
      const reading = await this.#read(collection, id, path);
      if (reading.state === 'absent') return { record: undefined };
      if (reading.state === 'readable') return { record: reading.record };
      if (reading.state === 'legacy') return { legacy: displayPath(dirname(this.root), path) };
      return { skipped: this.#skipped(path, reading.line, reading.reason) };
    } catch (cause) {
      if (!(cause instanceof PipelineError)) throw cause;
      return { skipped: this.#skipped(path, 0, reasonOf(cause.cause)) };
    }
  }

  /** Moves a file that is in the way and cannot be read to `<name>.unreadable-<n>`: a person may still repair it. */
  async #makeWay(collection: CollectionName, id: string, path: string): Promise<void> {
    const isInTheWay = async () => {
      const { state } = await this.#read(collection, id, path);
      if (state === 'legacy') throw this.#isLegacy(path);
      return state === 'unreadable';
    };
    if (!(await isInTheWay())) return;
    await this.exclusive(async () => {
      if (!(await isInTheWay())) return;
      const names = await namesIn(dirname(path));
      const taken = new Set(names.ok ? names.names : []);
      let number = 1;
      while (taken.has(`${id}${extension}.unreadable-${number}`)) number += 1;
      try {
        await rename(path, `${path}.unreadable-${number}`);
        await syncFolder(dirname(path));
      } catch (cause) {
        throw storageError(cause, 'set aside', path);
      }
    });
  }
}

function idOf(record: object, idKey: string): string {
  const id: unknown = Reflect.get(record, idKey);
  return typeof id === 'string' ? id : '';
}

function idsAmong(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
}
