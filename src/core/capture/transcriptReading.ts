import { throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Ports, Skipped } from '../ports';
import type { CorrectionSource } from './correctionSource';
import { type AgentEdit, type Checkpoint, checkpointSchema, type FileFindings } from './fileFindings';
import { FileGathering, type GatheringContext } from './fileGathering';
import type { KnownCorrections } from './knownCorrections';
import { PostEdits } from './postEdit/postEdits';
import { Redaction } from './redaction/redact';
import { textLimits } from './toCorrection';
import { type Twin, withTwins } from './twins';

/** Raised when transcripts read before have to be read anew: another format of checkpoints, another classifier. */
const readingVersion = 3;

/** Area of the cache that holds the checkpoints. */
export const transcriptsCache = 'transcripts';

/** One transcript after it was read as far as it was new. */
export interface ReadFile {
  readonly source: CorrectionSource;
  readonly file: string;
  readonly findings: FileFindings;
  /** What could not be read for now. */
  readonly provisional: readonly Skipped[];
  /** Those of the pieces that were read now. */
  readonly corrections: ReadonlyMap<string, Correction>;
  /** Ids of what an earlier reading told and this one takes back. */
  readonly withdrawn: ReadonlySet<string>;
  /** To be kept for the next time; undefined when what is kept still holds. */
  readonly checkpoint: Checkpoint | undefined;
}

/** A transcript that was read, before it is known what the others tell. */
export interface UnsettledFile {
  /** Lines of its agent were changed, and only the other transcripts tell whether an agent did that. */
  readonly waits: boolean;
  settle(): ReadFile;
}

type ReadingPorts = Pick<Ports, 'cache' | 'hash' | 'clock' | 'fileHistory'>;

/** Reads transcripts from where an earlier reading ended. */
export class TranscriptReading {
  readonly #ports: ReadingPorts;
  readonly #context: { -readonly [K in keyof GatheringContext]: GatheringContext[K] };
  readonly #agentNames: Configuration['agentNames'];
  readonly #postEdits: PostEdits;
  readonly #version: string;

  constructor(ports: ReadingPorts, configuration: Configuration) {
    this.#ports = ports;
    const { agentNames, redactEmails: emails, redactHomeDirectories: homeDirectories } = configuration;
    this.#agentNames = agentNames;
    this.#context = { agentNames, twins: [], hash: ports.hash, redaction: { emails, homeDirectories } };
    this.#postEdits = new PostEdits(ports, configuration, this.#context, transcriptsCache);
    this.#version = ports.hash
      .sha256(JSON.stringify([readingVersion, agentNames, emails, homeDirectories]))
      .slice(0, 16);
  }

  /** To be called before the first file of an import. A twin has a name only once its experiment is stored, so nothing is read anew for it. */
  begin(twins: readonly Twin[]): Promise<void> {
    this.#context.twins = twins;
    this.#context.agentNames = withTwins(this.#agentNames, twins);
    return this.#postEdits.begin();
  }

  /** To be called once all files of an import are remembered. */
  end(): Promise<void> {
    return this.#postEdits.end();
  }

  async read(
    source: CorrectionSource,
    file: string,
    known: KnownCorrections,
    signal: AbortSignal | undefined,
  ): Promise<UnsettledFile> {
    const last = await this.#lastCheckpoint(source, file, known);
    const transcript = await source.open(file, last?.point);
    const from = transcript.news === 'whole' ? undefined : last;
    const gathering = new FileGathering(this.#context, (correction) => known.forgets(correction), from);
    for await (const piece of transcript.pieces()) {
      throwIfAborted(signal, file);
      gathering.add(piece);
    }
    const watched = [...(from?.findings.edits ?? []), ...gathering.work.edits];
    const looked = await this.#postEdits.look(source.name, watched, gathering.work.runs);
    const point = transcript.point();
    const settle = (): ReadFile => {
      const { rewritten, open } = this.#postEdits.settle(looked);
      for (const correction of rewritten) gathering.keep(correction);
      const findings = { ...gathering.findings(), edits: [...open] };
      const same = transcript.news === 'nothing' && sameEdits(open, from?.findings.edits ?? []);
      return {
        source,
        file,
        findings,
        provisional: gathering.provisional,
        withdrawn: gathering.withdrawn,
        corrections: gathering.corrections,
        checkpoint: same ? undefined : this.#checkpoint(point, gathering, findings),
      };
    };
    return { waits: looked.rewritings.length > 0, settle };
  }

  /** To be called once what was read is stored: what is remembered as read is not read again. */
  async remember({ source, file, checkpoint }: ReadFile): Promise<void> {
    if (checkpoint) await this.#ports.cache.write(transcriptsCache, keyOf(source, file), checkpoint);
  }

  async #lastCheckpoint(
    source: CorrectionSource,
    file: string,
    known: KnownCorrections,
  ): Promise<Checkpoint | undefined> {
    const parsed = checkpointSchema.safeParse(
      await this.#ports.cache.read(transcriptsCache, keyOf(source, file)),
    );
    if (!parsed.success || parsed.data.reading !== this.#version) return undefined;
    const lost = parsed.data.findings.corrections.some((id) => !known.accountsFor(id));
    return lost ? undefined : parsed.data;
  }

  #checkpoint(point: unknown, gathering: FileGathering, findings: FileFindings): Checkpoint {
    const redaction = new Redaction(this.#context.redaction);
    const walks = gathering.walks().map(({ key, agentType, memory }) => {
      const { agentText, task } = memory;
      const clipped = {
        ...memory,
        agentText: redaction.excerpt(agentText, textLimits.remembered, 'tail'),
        ...(task === undefined ? {} : { task: redaction.excerpt(task, textLimits.remembered) }),
      };
      return { key, agentType, memory: clipped };
    });
    // What the point and the walks remember are texts of the transcript; the findings hold none that is not redacted.
    const checkpoint = {
      reading: this.#version,
      point: redaction.value(point),
      findings,
      walks: redaction.value(walks),
    };
    return checkpointSchema.parse(checkpoint);
  }
}

function keyOf(source: CorrectionSource, file: string): string {
  return `${source.name}:${file}`;
}

function sameEdits(a: readonly AgentEdit[], b: readonly AgentEdit[]): boolean {
  return a.length === b.length;
}
