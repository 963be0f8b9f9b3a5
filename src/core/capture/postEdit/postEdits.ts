import type { SourceName } from '../../model/common';
import type { Configuration } from '../../model/configuration';
import type { Correction } from '../../model/correction';
import type { Ports } from '../../ports';
import type { AgentEdit } from '../fileFindings';
import type { GatheringContext } from '../fileGathering';
import { AgentLines, linesOf } from './postEditAgents';
import { blocksOf } from './postEditChanges';
import { postEditCorrection, type Rewriting, withoutAgents } from './postEditCorrection';
import { keptEdits } from './postEditKeeping';
import { KeyedLines } from './postEditPlacing';
import { firstRewriting } from './postEditRewriting';
import type { ProgramRun } from './postEditWork';

const hourInMs = 3_600_000;
/**
 * Files that hold secrets by their nature: what a person puts where the agent left a gap is no correction, and must not be
 * copied. And our own.
 */
const leftAside = new RegExp(
  [
    '^\\.claude-pm/',
    '(?:^|/)\\.(?:env(?:\\.[^/]*)?|netrc|npmrc|pypirc)$',
    '\\.(?:pem|key|p12|pfx|jks|keystore|tfvars)$',
    '(?:secret|credential|password)[^/.]*(?:\\.(?:json|ya?ml|toml|ini|conf|txt|properties))?$',
  ].join('|'),
  'i',
);

/** What was seen of one transcript, before the others were read. */
export interface Looked {
  readonly rewritings: readonly Rewriting[];
  /** Edits that a person may still rewrite. */
  readonly inTime: readonly AgentEdit[];
}

/**
 * Finds what people made of the lines that agents wrote: lines that are rewritten or deleted in a commit or on disk, within
 * the afterglow of the edit. The first revision that shows it counts, and an edit counts once. Nobody tells that it was a
 * person: formatting, moved lines, whole deletions and what agents did themselves are taken out, other programs are not.
 */
export class PostEdits {
  readonly #agents: AgentLines;
  readonly #afterglow: number;

  /** @param area of the cache, for what must be known from one import to the next */
  constructor(
    readonly ports: Pick<Ports, 'fileHistory' | 'clock' | 'cache'>,
    configuration: Pick<Configuration, 'afterglowHours'>,
    readonly context: GatheringContext,
    area: string,
  ) {
    this.#agents = new AgentLines(ports.cache, area);
    this.#afterglow = configuration.afterglowHours * hourInMs;
  }

  /** Before transcripts are read. */
  async begin(): Promise<void> {
    if (this.#afterglow > 0) await this.#agents.load();
  }

  async look(
    source: SourceName,
    edits: readonly AgentEdit[],
    runs: readonly ProgramRun[] = [],
  ): Promise<Looked> {
    if (this.#afterglow > 0) this.#agents.addRuns(runs);
    const byFile = this.#afterglow > 0 ? this.#byFile(edits) : new Map<string, AgentEdit[]>();
    const rewritings: Rewriting[] = [];
    for (const [file, ofFile] of byFile) rewritings.push(...(await this.#lookInto(file, ofFile, source)));
    const now = this.ports.clock.now().getTime();
    const inTime = [...byFile].flatMap(([file, ofFile]) =>
      ofFile
        .filter(({ at }) => Date.parse(at) + this.#afterglow > now)
        // Its place in the workspace is what it is looked for by next time.
        .map(({ cwd: _, ...edit }) => ({ ...edit, file })),
    );
    return { rewritings, inTime };
  }

  /** Once all transcripts are read: without what agents did themselves. */
  settle({ rewritings, inTime }: Looked): {
    readonly rewritten: readonly Correction[];
    readonly open: readonly AgentEdit[];
  } {
    const settled = new Set<string>();
    const rewritten = rewritings.flatMap((rewriting) => {
      const { edit, file, revision } = rewriting;
      // The file was last changed while a program of an agent ran: a formatter, a linter, `sed`.
      if (revision.origin === 'working-copy' && this.#agents.ranAt(Date.parse(revision.at))) return [];
      const changes = withoutAgents(rewriting.changes, this.#agents.later(file, Date.parse(edit.at)));
      if (changes.length === 0) return [];
      settled.add(placeOf(edit, file));
      return [postEditCorrection({ ...rewriting, changes }, this.context)];
    });
    const open = inTime.filter((edit) => !settled.has(placeOf(edit, edit.file)));
    return { rewritten, open: keptEdits(open, this.context.redaction) };
  }

  /** After what was read is remembered. */
  async end(): Promise<void> {
    if (this.#afterglow > 0) await this.#agents.save(this.ports.clock.now().getTime() - 2 * this.#afterglow);
  }

  #byFile(edits: readonly AgentEdit[]): Map<string, AgentEdit[]> {
    const result = new Map<string, AgentEdit[]>();
    for (const edit of edits) {
      const file = this.ports.fileHistory.within(absolute(edit));
      if (file === undefined || leftAside.test(file) || Number.isNaN(Date.parse(edit.at))) continue;
      this.#agents.add(file, edit);
      const known = result.get(file);
      if (known) known.push(edit);
      else result.set(file, [edit]);
    }
    return result;
  }

  async #lookInto(
    file: string,
    edits: readonly AgentEdit[],
    source: SourceName,
  ): Promise<readonly Rewriting[]> {
    const times = edits.map(({ at }) => Date.parse(at));
    const until = new Date(Math.max(...times) + this.#afterglow).toISOString();
    const since = new Date(Math.min(...times)).toISOString();
    const revisions = await this.ports.fileHistory.revisions(file, since, until);
    if (revisions.length === 0) return [];
    const texts = revisions.map((each) => ({
      ...each,
      lines: new KeyedLines(each.text.replace(/\r?\n$/, '').split(/\r?\n/)),
    }));
    return edits.flatMap((edit) => {
      const at = Date.parse(edit.at);
      const later = texts.filter((each) => {
        const time = Date.parse(each.at);
        return time > at && time <= at + this.#afterglow;
      });
      if (later.length === 0) return [];
      const found = firstRewriting(blocksOf(edit, removedAfter(at, edits)), later);
      return found ? [{ source, edit, file, ...found }] : [];
    });
  }
}

/** Numbers of the lines that the agents of this transcript took out of the file after a time. */
function removedAfter(at: number, edits: readonly AgentEdit[]): ReadonlySet<number> {
  return new Set(edits.filter((edit) => Date.parse(edit.at) > at).flatMap((edit) => linesOf(edit, '-')));
}

function placeOf({ sessionId, lineId, toolUseId }: AgentEdit, file: string): string {
  return JSON.stringify([sessionId, lineId, toolUseId, file]);
}

/** A name that is relative is so to the agent's working folder. */
function absolute({ file, cwd }: Pick<AgentEdit, 'file' | 'cwd'>): string {
  if (cwd === undefined || /^(?:[/\\]|[A-Za-z]:[/\\])/.test(file)) return file;
  return `${cwd}/${file}`;
}
