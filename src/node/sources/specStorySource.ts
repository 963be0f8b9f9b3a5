import path from 'node:path';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import { looksLikeSpecStory, parseSpecStory } from '../../core/capture/specStory/specStory';
import { findTranscripts } from './transcriptFiles';
import { openWholeTranscript } from './wholeTranscript';

/** SpecStory's Markdown histories, which lie in the workspace itself and are rewritten as they grow. */
export class SpecStorySource implements CorrectionSource {
  readonly name = 'specstory';

  constructor(readonly root: string) {}

  async locate(place: string | undefined): Promise<Located> {
    return findTranscripts(this.#place(place), {
      extension: '.md',
      deep: place !== undefined,
      recognises: looksLikeSpecStory,
    });
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    return [this.#place(place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    return openWholeTranscript(this.root, file, from, (text, about) => parseSpecStory({ text, ...about }));
  }

  #place(place: string | undefined): string {
    return path.resolve(this.root, place ?? path.join('.specstory', 'history'));
  }
}
