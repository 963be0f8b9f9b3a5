import { PipelineError, throwIfAborted } from '../errors';
import type { CorrectionType, Signal, SourceName } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Listing, Ports, Skipped } from '../ports';
import type { Progress } from '../progress';
import { mapAgentName } from './agentName';
import type { CorrectionSource } from './correctionSource';
import { byTimeThenId, ImportGathering } from './importGathering';
import { manualCorrection } from './manualCorrection';

export interface ImportOptions {
  readonly source?: SourceName;
  /** A file or folder to read instead of the sources' own places. */
  readonly path?: string;
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
  readonly skipped: readonly Skipped[];
  readonly unknownTypes: Readonly<Record<string, number>>;
  readonly redactions: number;
}

export interface CorrectionFilter {
  readonly agentType?: string;
  /** Days counted back from the newest correction. */
  readonly days?: number;
  readonly signal?: Signal;
}

const dayInMs = 86_400_000;

/** The capture stage: transcripts and hand-given corrections into the log of corrections. */
export class CorrectionCapture {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    readonly sources: readonly CorrectionSource[],
  ) {}

  /**
   * Reads the sources and stores what is new. Importing the same again stores nothing. A correction counts as new once; when
   * a later import finds the words that belong to a stored stop without words, its record is superseded and not new.
   * @throws PipelineError NOT_FOUND (`path`), INVALID_INPUT (`source`), CANCELLED, TIMED_OUT; nothing is stored then
   */
  async import(options: ImportOptions): Promise<ImportSummary> {
    const { store, audit, hash, log } = this.ports;
    const gathering = new ImportGathering(this.configuration.agentNames, hash);
    const files = await this.#locate(options, gathering);
    for (const [index, { source, file }] of files.entries()) {
      throwIfAborted(options.signal, file);
      gathering.add(await source.read(file));
      options.onProgress?.({
        stage: 'capture',
        message: `Read ${source.name} ${file}`,
        done: index + 1,
        total: files.length,
      });
    }
    throwIfAborted(options.signal, 'import');
    const stored = await store.readLog('corrections');
    const sessions = await store.readLog('sessions');
    gathering.skip([...stored.skipped, ...sessions.skipped]);
    const { fresh, worded } = gathering.unstored(stored.records);
    const changed = gathering.changedSessions(sessions.records);
    if (fresh.length + worded.length > 0) await store.append('corrections', [...fresh, ...worded]);
    if (changed.length > 0) await store.append('sessions', changed);
    const summary = gathering.summary(fresh.length);
    for (const { path, line, reason } of summary.skipped) log.warn(`Skipped ${path}:${line}: ${reason}`);
    if (fresh.length + worded.length + changed.length > 0) {
      await audit.record('corrections.imported', options.source ?? 'all sources', {
        files: files.length,
        new: fresh.length,
        worded: worded.length,
        sessions: changed.length,
        idsHash: hash.sha256([...fresh, ...worded].map(({ correctionId }) => correctionId).join('\n')),
      });
    }
    return summary;
  }

  async #locate(
    { source: wanted, path }: ImportOptions,
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
      for (const file of located.files) if (!taken.has(file)) taken.set(file, { source, file });
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
    const { store, audit, clock, hash } = this.ports;
    const recorded = manualCorrection(input, this.configuration.agentNames, { clock, hash });
    await store.append('corrections', [recorded.correction]);
    await audit.record('correction.recorded', recorded.correction.correctionId, {
      agentType: recorded.correction.agentType,
      filledIn: recorded.filledIn,
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

  #agentKey(name: string): string {
    return mapAgentName(name, this.configuration.agentNames).toLowerCase();
  }
}
