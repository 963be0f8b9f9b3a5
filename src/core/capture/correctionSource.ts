import type { SourceName } from '../model/common';
import type { Skipped } from '../ports';

/** Where an event stands in its source: `line` counts from 1; `lineId` is the tool's own id of the line, else the line itself. */
interface Position {
  readonly line: number;
  readonly lineId: string;
  /** ISO 8601 with offset; the session's start where the tool gives none. */
  readonly at: string;
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
  );

/** One session of one agent (`main` for the main thread), read from one file. */
export interface SessionTrace {
  readonly source: SourceName;
  readonly sessionId: string;
  readonly agentType: string;
  readonly path: string;
  readonly cwd?: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly events: readonly TraceEvent[];
  /** Prompt files that the transcript says were loaded, with their text where it holds it. */
  readonly promptsInForce: readonly { readonly path: string; readonly text?: string }[];
}

export interface ParsedTranscript {
  readonly traces: readonly SessionTrace[];
  readonly skipped: readonly Skipped[];
  /** Line types that the reader does not know, with how often each came. */
  readonly unknownTypes: Readonly<Record<string, number>>;
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
  read(file: string): Promise<ParsedTranscript>;
}
