import { PipelineError, throwIfAborted } from '../errors';
import { inOrder } from '../inOrder';
import { importLegacy } from '../legacy/importLegacy';
import type { LegacyFolders, LegacySummary } from '../legacy/legacyRecords';
import type { CorrectionType, Signal, SourceName } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import { byTimeThenId } from '../model/correctionOrder';
import type { Listing, Ports, Skipped } from '../ports';
import type { Progress } from '../progress';
import { mapAgentName } from './agentName';
import { CorrectionCuration } from './correctionCuration';
import type { CorrectionSource } from './correctionSource';
import { type HabitListing, Habits } from './habits/habits';
import { ImportGathering } from './importGathering';
import { type KnownCorrections, knownCorrections } from './knownCorrections';
import { manualCorrection } from './manualCorrection';
import { PromptAttribution } from './promptInForce/promptAttribution';
import { type ReadFile, TranscriptReading, type UnsettledFile } from './transcriptReading';
import { storedTwins, withTwins } from './twins';

export interface ImportOptions {
  readonly source?: SourceName;
  /** A file or folder to read instead of the sources' own places. */
  readonly path?: string;
  /** Of the sources' own places, only these files, where something has changed. */
  readonly only?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ImportSummary {
  readonly sessions: number;
  /** Human turns. */
  readonly interactions: number;
  readonly corrections: {
    readonly found: number;
    readonly new: number;
    readonly bySignal: Readonly<Partial<Record<Signal, number>>>;
    readonly byType: Readonly<Partial<Record<CorrectionType, number>>>;
  };
  /** Interrupt lines that belong to the rejection right before them, and so are no corrections of their own. */
  readonly mergedInterrupts: number;
  readonly skipped: readonly Skipped[];
  readonly unknownTypes: Readonly<Record<string, number>>;
  readonly redactions: number;
  readonly redactionsByKind: Readonly<Record<string, number>>;
  /** What the Python prototype left beside its corrections; absent where nothing of it was looked for or found. */
  readonly legacy?: Omit<LegacySummary, 'skipped'>;
}

type CapturePorts = Pick<
  Ports,
  | 'store'
  | 'audit'
  | 'access'
  | 'clock'
  | 'hash'
  | 'log'
  | 'cache'
  | 'fileHistory'
  | 'promptFiles'
  | 'habitIndex'
>;

export interface CorrectionFilter {
  readonly agentType?: string;
  /** Days counted back from the newest correction. */
  readonly days?: number;
  readonly signal?: Signal;
}

const dayInMs = 86_400_000;
/** While one file is waited for, others are read. */
const filesAtOnce = 8;
/** So many are read before anything else is done with them. */
const filesAtATime = 20;

/** Every storing is flushed to the disk, so it waits for some; but memory must not grow with the history. */
function isEnough(held: readonly ReadFile[]): boolean {
  const corrections = held.reduce((sum, { corrections: { size } }) => sum + size, 0);
  return held.length >= 100 || corrections >= 200;
}

function takenOver(legacy: LegacySummary | undefined): Pick<ImportSummary, 'legacy'> {
  if (legacy === undefined) return {};
  const { skipped: _, ...rest } = legacy;
  return { legacy: rest };
}

/** The capture stage: transcripts and hand-given corrections into the log of corrections. */
export class CorrectionCapture {
  readonly #reading: TranscriptReading;
  readonly #prompts: PromptAttribution;
  readonly #habits: Habits;
  /** What people do with stored corrections. */
  readonly curation: CorrectionCuration;

  constructor(
    readonly ports: CapturePorts,
    readonly configuration: Configuration,
    readonly sources: readonly CorrectionSource[],
    /** Without them, templates of the prototype are not looked for. */
    readonly legacyFolders?: LegacyFolders,
  ) {
    this.#reading = new TranscriptReading(ports, configuration);
    this.#prompts = new PromptAttribution(ports);
    this.#habits = new Habits(ports, configuration);
    this.curation = new CorrectionCuration(ports, configuration);
  }

  /**
   * Reads what is new in the sources and stores it. Importing the same again stores nothing. A correction counts as new once;
   * when a later import finds the words that belong to a stored stop, or the agent's answer to a stored message, its record
   * is superseded and not new, or withdrawn where the answer shows that it was none.
   * @throws PipelineError NOT_FOUND (`path`), INVALID_INPUT (`source`): nothing is stored then; CANCELLED, TIMED_OUT: what was
   * read and stored before is kept, and the next import goes on behind it
   */
  async import(options: ImportOptions): Promise<ImportSummary> {
    const { log } = this.ports;
    await this.ports.access?.require('corrections.collect');
    const gathering = new ImportGathering();
    const files = await this.#locate(options, gathering);
    await this.curation.retain();
    let known = await this.#known();
    let fresh = 0;
    let held: ReadFile[] = [];
    const keep = async (): Promise<void> => {
      const kept = await this.#store(gathering, options.source ?? 'all sources', held.length);
      await inOrder(held, filesAtOnce, (result) => this.#reading.remember(result));
      known = kept.known;
      fresh += kept.fresh;
      held = [];
    };
    const hold = async (read: readonly UnsettledFile[]): Promise<void> => {
      const settled = read.map((one) => one.settle());
      for (const result of settled) gathering.addFile(result);
      held.push(...settled);
      if (isEnough(held)) await keep();
    };
    const waiting: UnsettledFile[] = [];
    await this.#reading.begin(await storedTwins(this.ports.store));
    for (let start = 0; start < files.length; start += filesAtATime) {
      const batch = files.slice(start, start + filesAtATime);
      const read = await inOrder(batch, filesAtOnce, async ({ source, file }) => {
        throwIfAborted(options.signal, file);
        const result = await this.#reading.read(source, file, known, options.signal);
        options.onProgress?.({
          stage: 'capture',
          message: `Read ${source.name} ${file}`,
          done: start + batch.findIndex((one) => one.file === file) + 1,
          total: files.length,
        });
        return result;
      });
      throwIfAborted(options.signal, 'import');
      waiting.push(...read.filter(({ waits }) => waits));
      await hold(read.filter(({ waits }) => !waits));
    }
    for (let start = 0; start < waiting.length; start += filesAtATime) {
      throwIfAborted(options.signal, 'import');
      await hold(waiting.slice(start, start + filesAtATime));
    }
    await keep();
    await this.#reading.end();
    gathering.skip(known.skipped);
    gathering.skip(await this.#habits.afterImport());
    const legacy = await this.#legacy(options);
    if (legacy) gathering.skip(legacy.skipped);
    const summary = { ...gathering.summary(fresh, known.stored), ...takenOver(legacy) };
    for (const { path, line, reason } of summary.skipped) log.warn(`Skipped ${path}:${line}: ${reason}`);
    return summary;
  }

  /** The prototype's templates and versions, where an import looks at all of its files. */
  async #legacy({ source, path, only, signal }: ImportOptions): Promise<LegacySummary | undefined> {
    const asked = source === 'legacy';
    if (
      this.legacyFolders === undefined ||
      only !== undefined ||
      (!asked && (source ?? path) !== undefined)
    ) {
      return undefined;
    }
    const files = await this.legacyFolders.read(path);
    throwIfAborted(signal, 'import');
    if (files.files.length + files.skipped.length === 0 && !asked) return undefined;
    return this.ports.store.exclusive(() => importLegacy(this.ports, this.configuration, files));
  }

  #known(): Promise<KnownCorrections> {
    const { correctionRetentionDays: days } = this.configuration;
    const { store, clock } = this.ports;
    const oldest = days === 0 ? undefined : new Date(clock.now().getTime() - days * dayInMs);
    return knownCorrections(store, oldest);
  }

  /** Under the workspace's lock, so that of two who import the same one stores it and the other sees that. */
  #store(
    gathering: ImportGathering,
    subject: string,
    files: number,
  ): Promise<{ readonly fresh: number; readonly known: KnownCorrections }> {
    const { store, audit, hash } = this.ports;
    return store.exclusive(async () => {
      const known = await this.#known();
      const sessions = await store.readLog('sessions');
      const unstored = gathering.unstored(known.stored);
      const changed = gathering.changedSessions(sessions.records);
      const fresh = await this.#prompts.attribute(unstored.fresh.filter((found) => !known.forgets(found)));
      const fuller = await this.#prompts.attribute(unstored.fuller);
      const written = [...fresh, ...fuller];
      const { withdrawn } = unstored;
      if (written.length > 0) await store.append('corrections', written);
      if (changed.length > 0) await store.append('sessions', changed);
      if (withdrawn.size > 0) await store.forgetLines('corrections', withdrawn);
      if (written.length + changed.length + withdrawn.size > 0) {
        await audit.record('corrections.imported', subject, {
          files,
          new: fresh.length,
          fuller: fuller.length,
          withdrawn: withdrawn.size,
          sessions: changed.length,
          idsHash: hash.sha256(written.map(({ correctionId }) => correctionId).join('\n')),
        });
      }
      gathering.stored();
      gathering.skip(sessions.skipped);
      return {
        fresh: fresh.length,
        known: written.length + withdrawn.size > 0 ? await this.#known() : known,
      };
    });
  }

  async #locate(
    { source: wanted, path, only }: ImportOptions,
    gathering: ImportGathering,
  ): Promise<readonly { readonly source: CorrectionSource; readonly file: string }[]> {
    const settings = this.configuration.sources;
    const sources = this.sources.filter(({ name }) => {
      return wanted === undefined ? (settings[name]?.enabled ?? true) : name === wanted;
    });
    if (wanted !== undefined && sources.length === 0) {
      throw new PipelineError('INVALID_INPUT', `Transcripts of "${wanted}" cannot be read.`, {
        subject: wanted,
        remedy: `Sources that can be read: ${this.sources.map(({ name }) => name).join(', ')}.`,
      });
    }
    const taken = new Map<string, { source: CorrectionSource; file: string }>();
    let unread = 0;
    let missing = sources.length > 0;
    for (const source of sources) {
      const located = await source.locate(path ?? settings[source.name]?.path);
      gathering.skip(located.skipped);
      unread += located.skipped.length;
      missing &&= located.missing === true;
      for (const file of located.files) {
        if (!taken.has(file) && (only === undefined || only.has(file))) taken.set(file, { source, file });
      }
    }
    if (path !== undefined && missing) {
      throw new PipelineError('NOT_FOUND', `There is nothing at ${path}.`, {
        subject: path,
        remedy: 'Give the path of a transcript or of a folder that holds some. Nothing was stored.',
      });
    }
    if (path !== undefined && taken.size === 0 && unread === 0) {
      gathering.skip([{ path, line: 0, reason: 'no transcript of a source that is switched on' }]);
    }
    return [...taken.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** Keeps one correction given by hand (the shape of `record` in the command line's contract). @throws PipelineError INVALID_INPUT */
  async record(input: unknown): Promise<{ correction: Correction; filledIn: readonly string[] }> {
    const { store, audit, access, clock, hash } = this.ports;
    await access?.require('corrections.collect');
    const agentNames = withTwins(this.configuration.agentNames, await storedTwins(store));
    const recorded = manualCorrection(input, agentNames, { clock, hash });
    await store.exclusive(async () => {
      const { correctionId, agentType } = recorded.correction;
      const stored = await this.#prompts.attribute([recorded.correction]);
      await store.append('corrections', stored);
      const detail = { agentType, filledIn: recorded.filledIn };
      await audit.record('correction.recorded', correctionId, detail, {
        before: null,
        after: stored[0] ?? null,
      });
      await this.#habits.afterChange();
    });
    return recorded;
  }

  /** Stored corrections that pass the filter, by time, then id. The window of days ends at the newest of all of them. */
  async list(filter: CorrectionFilter): Promise<Listing<Correction>> {
    const { records, skipped } = await this.ports.store.readLog('corrections');
    const newest = records.reduce(
      (latest, { timestamp }) => Math.max(latest, Date.parse(timestamp)),
      -Infinity,
    );
    const since = filter.days === undefined ? -Infinity : newest - filter.days * dayInMs;
    const wanted = filter.agentType === undefined ? undefined : this.#agentKey(filter.agentType);
    const kept = records.filter(
      (correction) =>
        (wanted === undefined || this.#agentKey(correction.agentType) === wanted) &&
        (filter.signal === undefined || correction.signal === filter.signal) &&
        Date.parse(correction.timestamp) >= since,
    );
    return { records: kept.sort(byTimeThenId), skipped };
  }

  /** Like corrections in several projects; none while `crossProjectHabits` is off, and then nothing outside is read. */
  habits(): Promise<HabitListing> {
    return this.#habits.list();
  }

  #agentKey(name: string): string {
    return mapAgentName(name, this.configuration.agentNames).toLowerCase();
  }
}
