import path from 'node:path';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import { looksLikeLegacy, parseLegacy } from '../../core/capture/legacy/legacy';
import { readJson } from '../jsonText';
import { findTranscripts } from './transcriptFiles';
import { openWholeTranscript } from './wholeTranscript';

const corrections = path.join('.claude-pm', 'training', 'corrections');

/**
 * The corrections of the Python prototype, one a file: in the home directory, where it kept those of all projects, and in the
 * workspace itself, where this product keeps its own beside them.
 */
export class LegacySource implements CorrectionSource {
  readonly name = 'legacy';

  constructor(
    readonly root: string,
    readonly homeDirectory: string,
  ) {}

  async locate(place: string | undefined): Promise<Located> {
    if (place !== undefined) {
      const given = path.resolve(this.root, place);
      return findTranscripts(given, { extension: '.json', deep: true, recognises: looksLikeLegacy });
    }
    const located = await Promise.all(
      this.#places().map((folder) => findTranscripts(folder, { extension: '.json', deep: true })),
    );
    return {
      files: located.flatMap(({ files }) => files).filter(isInSession),
      skipped: located.flatMap(({ skipped }) => skipped),
      missing: located.every(({ missing }) => missing === true),
    };
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    // Not the workspace's own folder: this product itself writes there, and the prototype no longer does.
    if (place === undefined) return [path.join(this.homeDirectory, corrections)];
    return [path.resolve(this.root, place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    const folder = path.basename(path.dirname(file));
    return openWholeTranscript(this.root, file, from, (text, about) =>
      parseLegacy({ text, folder, ...about }, readJson),
    );
  }

  #places(): readonly string[] {
    const places = [this.homeDirectory, this.root].map((folder) => path.join(folder, corrections));
    return [...new Set(places)];
  }
}

function isInSession(file: string): boolean {
  return path.basename(path.dirname(file)).startsWith('session_');
}
