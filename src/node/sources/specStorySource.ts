import path from 'node:path';
import type { CorrectionSource, Located, ParsedTranscript } from '../../core/capture/correctionSource';
import { looksLikeSpecStory, parseSpecStory } from '../../core/capture/specStory';
import { readTranscript } from './readTranscript';
import { findTranscripts } from './transcriptFiles';

/** SpecStory's Markdown histories, which lie in the workspace itself. */
export class SpecStorySource implements CorrectionSource {
  readonly name = 'specstory';

  constructor(readonly root: string) {}

  async locate(place: string | undefined): Promise<Located> {
    const given = path.resolve(this.root, place ?? path.join('.specstory', 'history'));
    return findTranscripts(given, {
      extension: '.md',
      deep: place !== undefined,
      recognises: looksLikeSpecStory,
    });
  }

  async read(file: string): Promise<ParsedTranscript> {
    return readTranscript(this.root, file, parseSpecStory);
  }
}
