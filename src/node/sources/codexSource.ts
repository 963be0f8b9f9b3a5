import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { CodexReader } from '../../core/capture/codex/codex';
import { looksLikeCodex, sessionFolder } from '../../core/capture/codex/codexHead';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import type { Skipped } from '../../core/ports';
import { nodeHash } from '../systemPorts';
import { openLinesTranscript } from './linesTranscript';
import { beginningOf, findTranscripts, unreadable } from './transcriptFiles';

/**
 * Codex's rollouts, `sessions/YYYY/MM/DD/rollout-*.jsonl` and `archived_sessions/rollout-*.jsonl`, of all the person's
 * projects in one place: those that were held in this workspace or in a folder below it. With a place that is given,
 * every rollout there counts.
 */
export class CodexSource implements CorrectionSource {
  readonly name = 'codex';
  /** Whether a rollout is this workspace's. Its first line never changes, and a place may hold thousands. */
  readonly #isOurs = new Map<string, boolean>();

  /** @param home `CODEX_HOME`, else `~/.codex` on every system */
  constructor(
    readonly root: string,
    readonly home: string,
  ) {}

  async locate(place: string | undefined): Promise<Located> {
    if (place !== undefined) {
      const given = path.resolve(this.root, place);
      return findTranscripts(given, { extension: '.jsonl', deep: true, recognises: looksLikeCodex });
    }
    const roots = await this.#roots();
    const located = await Promise.all(this.#places().map((folder) => this.#locateIn(folder, roots)));
    return {
      files: located.flatMap(({ files }) => files),
      skipped: located.flatMap(({ skipped }) => skipped),
      missing: located.every(({ missing }) => missing === true),
    };
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    return place === undefined ? this.#places() : [path.resolve(this.root, place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    return openLinesTranscript(this.root, file, from, {
      reader: (about, memory) => new CodexReader(about, nodeHash, memory),
    });
  }

  #places(): readonly string[] {
    return ['sessions', 'archived_sessions'].map((folder) => path.join(this.home, folder));
  }

  /** The workspace as it was opened, and as the system calls it. */
  async #roots(): Promise<readonly string[]> {
    const real = await realpath(this.root).catch(() => this.root);
    return [...new Set([this.root, real])];
  }

  async #locateIn(folder: string, roots: readonly string[]): Promise<Located> {
    const found = await findTranscripts(folder, { extension: '.jsonl', deep: true });
    const skipped = [...found.skipped, ...(await compressed(folder))];
    const files: string[] = [];
    for (const file of found.files) {
      if (path.basename(file).startsWith('rollout-') && (await this.#isHere(file, roots, skipped)))
        files.push(file);
    }
    return { ...found, files, skipped };
  }

  async #isHere(file: string, roots: readonly string[], skipped: Skipped[]): Promise<boolean> {
    const known = this.#isOurs.get(file);
    if (known !== undefined) return known;
    try {
      const folder = sessionFolder(await beginningOf(file));
      if (folder === undefined) return false;
      const here = roots.some((root) => isInside(root, folder));
      this.#isOurs.set(file, here);
      return here;
    } catch (error) {
      skipped.push(unreadable(file, error));
      return false;
    }
  }
}

/** Old rollouts are compressed where a person has turned that on (`local_thread_store_compression`, off by default). */
async function compressed(folder: string): Promise<readonly Skipped[]> {
  const { files } = await findTranscripts(folder, { extension: '.zst', deep: true });
  if (files.length === 0) return [];
  const reason = `compressed rollouts (.jsonl.zst) are not read: ${files.length}, of all projects`;
  return [{ path: folder, line: 0, reason }];
}

function isInside(root: string, folder: string): boolean {
  const relative = path.relative(root, folder);
  return (
    relative === '' ||
    !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
  );
}
