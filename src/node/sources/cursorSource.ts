import path from 'node:path';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import { CursorReader } from '../../core/capture/cursor/cursor';
import { looksLikeCursor, looksLikeCursorText } from '../../core/capture/cursor/cursorHead';
import { parseCursorText } from '../../core/capture/cursor/cursorText';
import type { Skipped } from '../../core/ports';
import { openLinesTranscript } from './linesTranscript';
import { entriesOrSkip, findTranscripts } from './transcriptFiles';
import { openWholeTranscript } from './wholeTranscript';

/**
 * Cursor's agent transcripts, `~/.cursor/projects/<project>/agent-transcripts/` on every system: `<id>/<id>.jsonl`, of
 * subagents `<id>/subagents/<id>.jsonl`, in older versions `<id>.txt`. Chats before them are in Cursor's database alone,
 * which is not read.
 */
export class CursorSource implements CorrectionSource {
  readonly name = 'cursor';

  /** @param projects `~/.cursor/projects` */
  constructor(
    readonly root: string,
    readonly projects: string,
  ) {}

  async locate(place: string | undefined): Promise<Located> {
    if (place !== undefined) return transcriptsIn(path.resolve(this.root, place));
    const skipped: Skipped[] = [];
    const located = await Promise.all((await this.#folders(skipped)).map(transcriptsIn));
    return {
      files: located.flatMap(({ files }) => files).sort(),
      skipped: [...skipped, ...located.flatMap((found) => found.skipped)],
      missing: located.every(({ missing }) => missing === true),
    };
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    return place === undefined ? this.#folders([]) : [path.resolve(this.root, place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    if (path.extname(file).toLowerCase() === '.txt') {
      return openWholeTranscript(this.root, file, from, (text, about) => parseCursorText({ text, ...about }));
    }
    const subagent = path.basename(path.dirname(file)) === 'subagents';
    return openLinesTranscript(this.root, file, from, {
      reader: (about, memory) => new CursorReader({ ...about, subagent }, memory),
    });
  }

  /** Folders of this workspace's transcripts; where there is none yet, the one that Cursor would make. */
  async #folders(skipped: Skipped[]): Promise<readonly string[]> {
    const name = cursorProject(this.root);
    const entries = await entriesOrSkip(this.projects, skipped);
    const found = entries.map((entry) => entry.name).filter((entry) => isProject(entry, this.root));
    return [...new Set(found.length === 0 ? [name] : found)]
      .sort()
      .map((project) => path.join(this.projects, project, 'agent-transcripts'));
  }
}

/**
 * Name of a project's folder among Cursor's: runs of what is no letter or digit become one `-`, none at the ends
 * (`/home/me/my.app` is `home-me-my-app`, `c:\work\app` is `c-work-app`). Different folders may share a name
 * (`/a/b-c`, `/a/b/c`): nothing in a transcript tells them apart.
 */
export function cursorProject(folder: string): string {
  return folder.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** Some versions keep runs of `-`, or `_`; the letter of a Windows drive comes in either case. */
function isProject(entry: string, folder: string): boolean {
  const [plain, name] = [cursorProject(entry), cursorProject(folder)];
  return plain === name || (/^[a-z]:/i.test(folder) && plain.toLowerCase() === name.toLowerCase());
}

/** Of a session that has both, the JSON lines. */
async function transcriptsIn(place: string): Promise<Located> {
  const [lines, texts] = await Promise.all([
    findTranscripts(place, { extension: '.jsonl', deep: true, recognises: looksLikeCursor }),
    findTranscripts(place, { extension: '.txt', deep: true, recognises: looksLikeCursorText }),
  ]);
  const sessions = new Set(lines.files.map((file) => path.basename(file, path.extname(file))));
  const older = texts.files.filter((file) => !sessions.has(path.basename(file, path.extname(file))));
  const skipped = [...lines.skipped, ...texts.skipped];
  return {
    files: [...lines.files, ...older].sort(),
    skipped: skipped.filter(
      (each, index) => skipped.findIndex(({ path: other }) => other === each.path) === index,
    ),
    ...(lines.missing === true ? { missing: true } : {}),
  };
}
