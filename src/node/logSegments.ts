import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { type LogEntryOf, type LogName, logTable } from '../core/model/collections';
import type { Clock, Listing, LogLine, Skipped } from '../core/ports';
import { writeFileAtomically } from './atomicFile';
import { Breath } from './breath';
import { isMissing, reasonOf, storageError, systemCode } from './errorsFromNode';
import { namesIn } from './folderNames';
import { assertWithin, displayPath, ensureFolder, syncFolder } from './folders';
import { decodeUtf8 } from './jsonText';
import { describeIssue } from './schemaIssues';
import { linesOf, readEntry, SegmentReader } from './segmentReader';
import { Turns } from './turns';

const newline = 0x0a;
/** Missing on Windows, where making links takes a privilege. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const appendFlags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow;

/** Append-only logs: one segment a month and writer, `<folder>/YYYY-MM.<writer>.jsonl`, so that no two writers share a file. */
export class LogSegments {
  readonly #turns = new Turns();
  readonly #segments = new SegmentReader();

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
    const { schema, idOf, prevails } = logTable[log];
    const byId = new Map<string, LogEntryOf<L>>();
    const skipped: Skipped[] = [];
    const breath = new Breath();
    for (const path of segmentsOf(folder, names.names)) {
      try {
        const segment = await this.#segments.read(path, schema);
        for (const { line, reason } of segment.faults) skipped.push(this.#skipped(path, line, reason));
        for (const entry of segment.entries) {
          if (breath.isDue) await breath.take();
          const id = idOf(entry);
          const former = byId.get(id);
          byId.set(id, former === undefined ? entry : prevails(former, entry));
        }
      } catch (cause) {
        if (systemCode(cause) === undefined) throw cause;
        if (!isMissing(cause)) skipped.push(this.#skipped(path, 0, reasonOf(cause)));
      }
    }
    return { records: [...byId.values()], skipped };
  }

  /** See `Store.readLines`. */
  async readLines(log: LogName): Promise<Listing<LogLine>> {
    const folder = join(this.root, logTable[log].folder);
    const names = await namesIn(folder);
    if (!names.ok) {
      return { records: [], skipped: [this.#skipped(folder, 0, `cannot be listed: ${names.reason}`)] };
    }
    const records: LogLine[] = [];
    const skipped: Skipped[] = [];
    for (const path of segmentsOf(folder, names.names)) {
      try {
        const bytes = await readFile(path);
        const lines = linesOf(bytes);
        const shown = displayPath(dirname(this.root), path);
        for (const [index, part] of lines.entries()) {
          const ended = index < lines.length - 1 || bytes.at(-1) === newline;
          records.push({ path: shown, line: index + 1, text: decodeUtf8(part), ended });
        }
      } catch (cause) {
        if (systemCode(cause) === undefined) throw cause;
        if (!isMissing(cause)) skipped.push(this.#skipped(path, 0, reasonOf(cause)));
      }
    }
    return { records, skipped };
  }

  /** See `Store.forgetLines`. @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED` */
  async forgetLines<L extends LogName>(log: L, ids: ReadonlySet<string>): Promise<number> {
    const { schema, idOf } = logTable[log];
    const folder = join(this.root, logTable[log].folder);
    const names = await namesIn(folder);
    if (!names.ok) throw storageError(new Error(names.reason), 'list', folder);
    let gone = 0;
    for (const path of segmentsOf(folder, names.names)) {
      await this.#turns.take(async () => {
        try {
          const kept: Buffer[] = [];
          let here = 0;
          for (const part of linesOf(await readFile(path))) {
            const entry = readEntry(schema, part);
            if (entry.ok && ids.has(idOf(entry.value))) here += 1;
            else kept.push(part, Buffer.of(newline));
          }
          if (here > 0) await writeFileAtomically(path, Buffer.concat(kept));
          gone += here;
        } catch (cause) {
          throw storageError(cause, 'rewrite', path);
        }
      });
    }
    return gone;
  }

  #skipped(path: string, line: number, reason: string): Skipped {
    return { path: displayPath(dirname(this.root), path), line, reason };
  }
}

function segmentsOf(folder: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name));
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
