import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseAider } from '../../core/capture/aider/aider';
import { looksLikeAider } from '../../core/capture/aider/aiderParts';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import { findTranscripts } from './transcriptFiles';
import { openWholeTranscript } from './wholeTranscript';

const historyFile = '.aider.chat.history.md';

/** Aider's chat history, which lies at the root of the repository, on every system alike. */
export class AiderSource implements CorrectionSource {
  readonly name = 'aider';

  constructor(readonly root: string) {}

  async locate(place: string | undefined): Promise<Located> {
    return findTranscripts(await this.#place(place), {
      extension: '.md',
      deep: true,
      recognises: looksLikeAider,
    });
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    return [await this.#place(place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    return openWholeTranscript(this.root, file, from, (text, about) => parseAider({ text, ...about }));
  }

  async #place(place: string | undefined): Promise<string> {
    if (place !== undefined) return path.resolve(this.root, place);
    return path.join(await repositoryRoot(this.root), historyFile);
  }
}

/** The nearest folder with a history or with `.git`, from the workspace upwards; else the workspace itself. */
async function repositoryRoot(workspace: string): Promise<string> {
  for (let folder = workspace; ; folder = path.dirname(folder)) {
    if (await isThere(path.join(folder, historyFile))) return folder;
    if (await isThere(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return workspace;
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
