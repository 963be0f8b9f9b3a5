import * as z from 'zod/mini';
import type { Cache } from '../../ports';
import type { AgentEdit } from '../fileFindings';
import { isTelling, lineKey, lineNumber } from './postEditLines';
import type { ProgramRun } from './postEditWork';

const writingSchema = z.object({
  id: z.string(),
  file: z.string(),
  /** Milliseconds. */
  at: z.number(),
  added: z.array(z.number()),
  removed: z.array(z.number()),
});
type Writing = z.infer<typeof writingSchema>;

const storedSchema = z.object({
  writings: z.array(writingSchema),
  runs: z.array(z.object({ from: z.number(), to: z.number() })),
});
const cacheKey = 'agent-lines';
/** What is kept in the cache: numbers of lines, and runs of programs; of more the oldest go. */
const mostLines = 50_000;
const mostRuns = 5000;
/** The times of a transcript and of the disk need not agree to the millisecond. */
const tolerance = 1000;

/** Numbers of lines that were put into a file, and taken out of it. */
export interface WrittenLater {
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
}

/**
 * What all agents did to each file, whichever transcript tells of it (a subagent's lies in a file of its own): what an agent
 * changed later no person did. Holds numbers, no text; those of a few days are kept in the cache, as an import may read only
 * the transcripts that have grown.
 */
export class AgentLines {
  readonly #files = new Map<string, Map<string, Writing>>();
  #runs: readonly ProgramRun[] = [];
  #changed = false;

  constructor(
    readonly cache: Cache,
    readonly area: string,
  ) {}

  add(file: string, edit: Pick<AgentEdit, 'sessionId' | 'lineId' | 'toolUseId' | 'at' | 'hunks'>): void {
    const id = [edit.sessionId, edit.lineId, edit.toolUseId].join('/');
    if (this.#files.get(file)?.has(id)) return;
    const [added, removed] = [linesOf(edit, '+'), linesOf(edit, '-')];
    this.#put({ id, file, at: Date.parse(edit.at), added, removed });
    this.#changed = true;
  }

  addRuns(runs: readonly ProgramRun[]): void {
    if (runs.length === 0) return;
    this.#runs = [...this.#runs, ...runs];
    this.#changed = true;
  }

  /** Did a program run at this time (milliseconds) that an agent had started? */
  ranAt(time: number): boolean {
    return this.#runs.some(({ from, to }) => from - tolerance <= time && time <= to + tolerance);
  }

  /** What agents did to a file after a time (milliseconds). */
  later(file: string, at: number): WrittenLater {
    const added = new Set<number>();
    const removed = new Set<number>();
    for (const writing of this.#files.get(file)?.values() ?? []) {
      if (writing.at <= at) continue;
      for (const line of writing.added) added.add(line);
      for (const line of writing.removed) removed.add(line);
    }
    return { added, removed };
  }

  async load(): Promise<void> {
    const stored = storedSchema.safeParse(await this.cache.read(this.area, cacheKey));
    if (!stored.success) return;
    const { writings, runs } = stored.data;
    for (const writing of writings) if (!this.#files.get(writing.file)?.has(writing.id)) this.#put(writing);
    this.#runs = [...this.#runs, ...runs];
  }

  /** Keeps what came after a time (milliseconds), and forgets the rest. */
  async save(since: number): Promise<void> {
    const all = [...this.#files.values()].flatMap((writings) => [...writings.values()]);
    let room = mostLines;
    const recent = all
      .filter(({ at }) => at > since)
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
      .filter(({ added, removed }) => {
        room -= added.length + removed.length;
        return room >= 0;
      });
    this.#files.clear();
    for (const writing of recent) this.#put(writing);
    const runs = new Map(this.#runs.map((run) => [`${run.from} ${run.to}`, run]));
    this.#runs = [...runs.values()]
      .filter(({ to }) => to > since)
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .slice(-mostRuns);
    const kept = { writings: recent, runs: this.#runs };
    if (this.#changed) await this.cache.write(this.area, cacheKey, kept);
    this.#changed = false;
  }

  #put(writing: Writing): void {
    const known = this.#files.get(writing.file) ?? new Map<string, Writing>();
    known.set(writing.id, writing);
    this.#files.set(writing.file, known);
  }
}

/** Numbers of the telling lines that an edit put in (`+`) or took out (`-`). */
export function linesOf({ hunks }: Pick<AgentEdit, 'hunks'>, mark: '+' | '-'): number[] {
  return hunks.flatMap(({ marks, lines }) =>
    lines
      .filter((_, index) => marks[index] === mark)
      .map(lineKey)
      .filter(isTelling)
      .map(lineNumber),
  );
}
