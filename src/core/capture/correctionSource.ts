import type { CorrectionType, Severity, SourceName } from '../model/common';
import type { Skipped } from '../ports';

/** Where an event stands in its source: `line` counts from 1; `lineId` is the tool's own id of the line, else the line itself. */
interface Position {
  readonly line: number;
  readonly lineId: string;
  /** ISO 8601 with offset; the session's start where the tool gives none. */
  readonly at: string;
}

/** A piece of a file that was changed at one place. */
export interface PatchHunk {
  /** One for each line: `+` put in, `-` taken out, a space for what stayed. */
  readonly marks: string;
  readonly lines: readonly string[];
}

/** What happened in a session, in order, in no tool's format. Texts are untrusted and not yet redacted. */
export type TraceEvent = Position &
  (
    | { readonly kind: 'human'; readonly text: string }
    | { readonly kind: 'agent'; readonly text: string }
    | {
        readonly kind: 'tool-use';
        readonly toolUseId: string;
        readonly name: string;
        /** File that the tool reads or writes, where it names one. */
        readonly file?: string;
        /** Short text of what the tool was to do: a command, a new text. */
        readonly excerpt: string;
        /** Agent type, where the tool delegates to a subagent. */
        readonly delegatesTo?: string;
      }
    | { readonly kind: 'tool-result'; readonly toolUseId: string }
    | { readonly kind: 'tool-rejected'; readonly toolUseId: string; readonly reason: string }
    | { readonly kind: 'interrupted'; readonly forToolUse: boolean }
    | {
        readonly kind: 'edit-modified';
        readonly file: string;
        readonly before: string;
        readonly after: string;
      }
    | { readonly kind: 'plan-edited'; readonly before: string; readonly after: string }
    /** The person took an edit of the agent back. `before` is what the agent wrote, where the tool keeps it. */
    | { readonly kind: 'edit-undone'; readonly file: string; readonly before: string }
    /** The person voted a reply down. `reason` in the person's or the tool's words; may be empty. */
    | { readonly kind: 'downvoted'; readonly reason: string }
    /** Lines that an edit of the agent put into a file, for a later comparison with what became of them. */
    | {
        readonly kind: 'agent-edit';
        readonly toolUseId: string;
        readonly file: string;
        readonly added: readonly string[];
        /** The same with what was taken out and what stands around it, where the tool tells. */
        readonly hunks?: readonly PatchHunk[];
      }
    /** A correction that was recorded as one, on purpose, with what was recorded of it. */
    | {
        readonly kind: 'recorded';
        readonly words: string;
        /** What the agent had said or done. */
        readonly agentText: string;
        readonly correctionType?: CorrectionType;
        readonly severity?: Severity;
        readonly taskDescription?: string;
      }
  );

/** A prompt file that was loaded, and the SHA-256 of its text where the transcript holds it. */
export interface LoadedPrompt {
  readonly path: string;
  readonly contentHash?: string | undefined;
  /** The person's own, for all their projects. */
  readonly personal?: boolean | undefined;
}

/** Tokens of one message: read anew, written to a cache, read from a cache, and put out. */
export type MessageTokens = readonly [number, number, number, number];

/** A message of the model as far as a piece of a transcript tells of it; null where its tokens are not told. */
export interface MessageUsage {
  readonly messageId: string;
  readonly tokens: MessageTokens | null;
}

/** What one transcript, or a piece of one, tells of one session of one agent (`main` for the main thread). */
export interface SessionTrace {
  readonly source: SourceName;
  readonly sessionId: string;
  /** Tells apart several agents of one session in one file; '' for the file's own. */
  readonly thread: string;
  readonly agentType: string;
  readonly path: string;
  readonly cwd?: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly events: readonly TraceEvent[];
  readonly promptsInForce: readonly LoadedPrompt[];
  /** Absent where the source does not tell of its messages. */
  readonly messages?: readonly MessageUsage[];
}

export interface ParsedTranscript {
  readonly traces: readonly SessionTrace[];
  readonly skipped: readonly Skipped[];
  /** Line types that the reader does not know, with how often each came. */
  readonly unknownTypes: Readonly<Record<string, number>>;
  /** What it says of `skipped` holds for now: the next reading will tell better. */
  readonly provisional?: boolean;
}

/** What a parser is told of the file beside its text. */
export interface TranscriptFile {
  /** As it is to stand in the evidence: relative to the workspace with forward slashes when it lies in it, else absolute. */
  readonly path: string;
  /** File name without extension. */
  readonly name: string;
  /** Time of the last change, for transcripts that give no time. ISO 8601 with offset. */
  readonly fallbackTime: string;
}

export interface TranscriptLine {
  /** Counts from 1. */
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
}

/** Reads a transcript that grows line by line, in pieces. Pure; never throws. */
export interface TranscriptReader {
  /** Takes the lines that follow those it has had, and gives what they tell. */
  read(lines: readonly TranscriptLine[]): ParsedTranscript;
  /** What it must remember to go on later with the next line, as JSON. Texts in it are not redacted. */
  memory(): unknown;
}

/** A transcript that was opened to be read. */
export interface OpenTranscript {
  /**
   * What is there since the point that was given: nothing new; more lines behind what was read; or the whole file, since no
   * point was given, or the file is another one now.
   */
  readonly news: 'nothing' | 'more' | 'whole';
  pieces(): AsyncIterable<ParsedTranscript>;
  /** After the last piece: from where to go on another time, as JSON. Texts in it are not redacted. */
  point(): unknown;
}

export interface Located {
  readonly files: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly missing?: boolean;
}

/** A tool whose transcripts can be read. A new one is one file in `src/node/sources` and one line in its registry. */
export interface CorrectionSource {
  readonly name: SourceName;
  /**
   * Transcript files, sorted. `place` is a file or folder to read instead of the tool's own place for this workspace;
   * from it only files that look like this tool's are taken. Empty, and `missing`, when the place does not exist;
   * a place that may not be read is in `skipped`.
   */
  locate(place: string | undefined): Promise<Located>;
  /** @param from the point at which an earlier reading of this file ended; what it cannot use it leaves aside */
  open(file: string, from?: unknown): Promise<OpenTranscript>;
  /** Folders and files to watch for news: those of `locate`, also where they do not exist yet. */
  watched(place: string | undefined): Promise<readonly string[]>;
}
