import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { type LogEntryOf, type LogName, logTable } from '../core/model/collections';
import type { Clock, Listing, Skipped } from '../core/ports';
import { isMissing, reasonOf, storageError, systemCode } from './errorsFromNode';
import { assertWithin, displayPath, ensureFolder, syncFolder } from './folders';
import { decodeUtf8, readJson } from './jsonText';
import { namesIn } from './recordFiles';
import { describeIssue } from './schemaIssues';
import { Turns } from './turns';

const newline = 0x0a;
/** Missing on Windows, where making links takes a privilege. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const appendFlags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;

/** Append-only logs: one segment a month and writer, `<folder>/YYYY-MM.<writer>.jsonl`, so that no two writers share a file. */
export class LogSegments {
  readonly #turns = new Turns();

  constructor(
    /** The `.claude-pm/` folder. */
    private readonly root: string,
    private readonly writer: () => string,
    private readonly clock: Clock,
  ) {}

  /** All entries in one write, flushed. @throws PipelineError `INVALID_INPUT`, `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async append<L extends LogName>(log: L, entries: readonly LogEntryOf<L>[]): Promise<void> {
    if (entries.length === 0) return;
    const { folder, schema } = logTable[log];
    const lines = entries.map((entry) => {
      const checked = z.safeParse(schema, entry);
      if (checked.success) return `${JSON.stringify(checked.data)}\n`;
      throw new PipelineError(
        'INVALID_INPUT',
        `An entry for the log ${log} is not valid: ${describeIssue(checked.error.issues[0])}.`,
        { subject: log, remedy: 'Nothing was written. This is a fault of the program; please report it.' },
      );
    });
    const month = this.clock.now().toISOString().slice(0, 7);
    const path = join(this.root, folder, `${month}.${this.writer()}.jsonl`);
    await this.#turns.take(() => this.#write(path, Buffer.from(lines.join(''), 'utf8')));
  }

  async #write(path: string, bytes: Buffer): Promise<void> {
    try {
      await assertWithin(this.root, dirname(path));
      await ensureFolder(dirname(path));
      const handle = await open(path, appendFlags, 0o666);
      try {
        const { size } = await handle.stat();
        const torn = size > 0 && !(await endsWithNewline(handle, size));
        await writeWhole(handle, torn ? Buffer.concat([Buffer.of(newline), bytes]) : bytes, path);
        await handle.sync();
        if (size === 0) await syncFolder(dirname(path));
      } finally {
        await handle.close();
      }
    } catch (cause) {
      throw storageError(cause, 'append to', path);
    }
  }

  /** Segments in the order of their names; of lines of the same id the log's own rule gives the one that holds. */
  async read<L extends LogName>(log: L): Promise<Listing<LogEntryOf<L>>> {
    const folder = join(this.root, logTable[log].folder);
    const names = await namesIn(folder);
    if (!names.ok) {
      return { records: [], skipped: [this.#skipped(folder, 0, `cannot be listed: ${names.reason}`)] };
    }
    const byId = new Map<string, LogEntryOf<L>>();
    const skipped: Skipped[] = [];
    for (const name of names.names) {
      if (!name.endsWith('.jsonl')) continue;
      const path = join(folder, name);
      try {
        this.#readLines(log, path, await readFile(path), byId, skipped);
      } catch (cause) {
        if (systemCode(cause) === undefined) throw cause;
        if (!isMissing(cause)) skipped.push(this.#skipped(path, 0, reasonOf(cause)));
      }
    }
    return { records: [...byId.values()], skipped };
  }

  #readLines<L extends LogName>(
    log: L,
    path: string,
    bytes: Buffer,
    byId: Map<string, LogEntryOf<L>>,
    skipped: Skipped[],
  ): void {
    const { schema, idOf, prevails } = logTable[log];
    let line = 0;
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(newline, start);
      const end = found === -1 ? bytes.length : found;
      line += 1;
      const part = bytes.subarray(start, end);
      start = end + 1;
      if (part.length === 0) continue;
      const entry = readEntry(schema, part);
      if (entry.ok) {
        const id = idOf(entry.value);
        const former = byId.get(id);
        byId.set(id, former === undefined ? entry.value : prevails(former, entry.value));
      } else
        skipped.push(this.#skipped(path, line, found === -1 ? `${entry.reason} (cut off)` : entry.reason));
    }
  }

  #skipped(path: string, line: number, reason: string): Skipped {
    return { path: displayPath(dirname(this.root), path), line, reason };
  }
}

function readEntry<T>(
  schema: z.ZodMiniType<T>,
  bytes: Uint8Array,
): { ok: true; value: T } | { ok: false; reason: string } {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, reason: 'it is not UTF-8 text' };
  const json = readJson(text);
  if (!json.ok) return json;
  const checked = z.safeParse(schema, json.value);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, reason: describeIssue(checked.error.issues[0]) };
}

async function endsWithNewline(handle: FileHandle, size: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  return last[0] === newline;
}

/** One write; what a full disk cut off is closed off before the next entry, and told to the caller now. */
async function writeWhole(handle: FileHandle, bytes: Buffer, path: string): Promise<void> {
  const { bytesWritten } = await handle.write(bytes, 0, bytes.length);
  if (bytesWritten === bytes.length) return;
  throw new PipelineError('STORAGE_FAILED', `Only a part of the entries could be appended to ${path}.`, {
    subject: path,
    remedy: 'Make room on the disk and try again; entries written before are kept.',
  });
}
