import { existsSync } from 'node:fs';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { CorrectionCapture, ImportSummary } from '../core/capture/correctionCapture';
import type { CorrectionSource } from '../core/capture/correctionSource';
import type { Configuration } from '../core/model/configuration';
import type { Log } from '../core/ports';
import { isWithin } from './folders';
import { markedTranscript } from './hookJournal';

/** An agent writes many lines a second; they are read together. Milliseconds. */
const quiet = 250;
/** Chokidar is silent for 50 ms after each change of a file that it told of; with a margin. Milliseconds. */
const silent = 150;
/** Another process may hold the workspace, or the disk be full: milliseconds until it is tried again. */
const afterFailure = 5000;

export interface LiveCaptureOptions {
  readonly capture: Pick<CorrectionCapture, 'import'>;
  readonly sources: readonly CorrectionSource[];
  readonly configuration: Pick<Configuration, 'sources'>;
  readonly log: Log;
  /** Folder of the markers that an agent's hook touches, each with the path of a transcript. */
  readonly markers: string;
  /** Told after each reading, also one that found nothing. */
  readonly onRead?: (summary: ImportSummary) => void;
}

/**
 * Follows the transcripts of the sources that are switched on, and imports what is appended. Watching is chokidar's: it
 * evens out what the systems' own watchers tell. (Version 5: the next one wants a later Node than VS Code 1.101 brings.)
 */
export class LiveCapture {
  readonly #options: LiveCaptureOptions;
  #watcher: FSWatcher | undefined;
  /** Files to read, and when a change of each was last told. */
  readonly #changed = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(options: LiveCaptureOptions) {
    this.#options = options;
  }

  /** Resolves when the watchers stand: what is appended from then on is seen. */
  async start(): Promise<void> {
    const { sources, configuration, log, markers } = this.#options;
    const places: string[] = [markers];
    for (const source of sources) {
      const setting = configuration.sources[source.name];
      if (setting?.enabled === false) continue;
      places.push(...(await source.watched(setting?.path)));
    }
    // A folder that is not there yet is waited for from the nearest one that is; nothing else in that is looked at.
    const roots = new Set(places.map(nearestThere));
    if (this.#stopping.signal.aborted) return;
    const watcher = watch([...roots], {
      ignored: (found) => !places.some((place) => isWithin(place, found) || isWithin(found, place)),
      ignoreInitial: true,
      ignorePermissionErrors: true,
      followSymlinks: false,
    });
    this.#watcher = watcher;
    watcher.on('add', (file) => this.#changedOnDisk(file));
    watcher.on('change', (file) => this.#changedOnDisk(file));
    watcher.on('error', (error) => log.warn(`Watching the sessions: ${String(error)}`));
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    log.debug(`Watching the sessions at ${places.join(', ')}`);
  }

  /** Ends the watching and waits for the reading that is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#watcher?.close();
    await this.#reading;
  }

  #changedOnDisk(file: string): void {
    if (path.dirname(file) !== this.#options.markers) {
      this.#note(file);
      return;
    }
    markedTranscript(file).then(
      (transcript) => this.#note(transcript),
      (error) => this.#options.log.warn(`Reading ${file}: ${String(error)}`),
    );
  }

  #note(file: string): void {
    this.#changed.set(file, performance.now());
    this.#schedule(quiet);
  }

  #schedule(delay: number): void {
    // The first change starts the clock: a stream of changes must not put the reading off for ever.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#reading = this.#reading.then(() => this.#read());
    }, delay);
  }

  async #read(): Promise<void> {
    if (this.#changed.size === 0 || this.#stopping.signal.aborted) return;
    const only = new Set(this.#changed.keys());
    const now = performance.now();
    for (const [file, told] of this.#changed) {
      if (now - told > silent) this.#changed.delete(file);
    }
    // What was written right after the change, untold, is there by then.
    if (this.#changed.size > 0) this.#schedule(quiet);
    const { capture, log, onRead } = this.#options;
    try {
      const summary = await capture.import({ only, signal: this.#stopping.signal });
      onRead?.(summary);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`Reading what was appended to a session: ${reason} It is tried again.`);
      for (const file of only) this.#changed.set(file, 0);
      this.#schedule(afterFailure);
    }
  }
}

function nearestThere(place: string): string {
  for (let folder = place; ; folder = path.dirname(folder)) {
    if (existsSync(folder) || folder === path.dirname(folder)) return folder;
  }
}
