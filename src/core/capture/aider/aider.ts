import type { ParsedTranscript, SessionTrace, TranscriptFile } from '../correctionSource';
import { type Place, TraceBuilder } from '../traceBuilder';
import { personsWords } from './aiderInput';
import { type AiderPart, aiderParts } from './aiderParts';
import { isBeforeReply, stopAt } from './aiderStops';

export interface AiderFile extends TranscriptFile {
  readonly text: string;
}

/**
 * Reads an aider chat history (Markdown, many sessions in one file). Never throws. Aider writes no time but a session's
 * start, so every event has that one. Session and line ids count from a session's heading: they stay the same when older
 * sessions are cut off the file, or when it is copied.
 */
export function parseAider(file: AiderFile): ParsedTranscript {
  const sessions = splitSessions(aiderParts(file.text), file);
  const traces = sessions
    .map((session) => readSession(session, file))
    .filter(({ events }) => events.length > 0);
  const strange = traces.length === 0 && sessions.every(({ heading }) => heading === 0);
  const skipped = strange ? [{ path: file.path, line: 0, reason: 'no aider chat in it' }] : [];
  return { traces, skipped, unknownTypes: {} };
}

interface AiderSession {
  readonly id: string;
  readonly at: string;
  /** Line of the heading; 0 where the file begins in the middle of a session. */
  readonly heading: number;
  readonly parts: AiderPart[];
}

function splitSessions(parts: readonly AiderPart[], file: AiderFile): readonly AiderSession[] {
  const sessions: AiderSession[] = [];
  const startedThen = new Map<string, number>();
  for (const part of parts) {
    if (part.kind === 'session') {
      const count = (startedThen.get(part.started) ?? 0) + 1;
      startedThen.set(part.started, count);
      const start = part.started.replace(' ', '_').replaceAll(':', '-');
      const id = `aider-${start}${count === 1 ? '' : `-${count}`}`;
      sessions.push({ id, at: localTime(part.started) ?? file.fallbackTime, heading: part.line, parts: [] });
      continue;
    }
    if (sessions.length === 0) {
      sessions.push({ id: `aider-${file.name}`, at: file.fallbackTime, heading: 0, parts: [] });
    }
    sessions.at(-1)?.parts.push(part);
  }
  return sessions;
}

function readSession({ id, at, heading, parts }: AiderSession, file: AiderFile): SessionTrace {
  const trace = new TraceBuilder();
  trace.sawTime(at);
  const placeOf = ({ line }: AiderPart): Place => ({ line, lineId: `${id}#${line - heading}`, at });
  const told = new Set<AiderPart>();
  let awaitsReply = false;
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'agent') {
      if (!told.has(part)) trace.add(placeOf(part), { kind: 'agent', text: part.text });
      awaitsReply = false;
    } else if (part.kind === 'input') {
      const words = personsWords(part.text);
      if (words !== undefined) trace.add(placeOf(part), { kind: 'human', text: words });
      awaitsReply = words !== undefined;
    } else if (part.kind === 'output') {
      const stop = stopAt(parts, index, awaitsReply);
      if (stop?.partial) {
        // First what was said, then that it was stopped, as it happened.
        trace.add(placeOf(stop.partial), { kind: 'agent', text: stop.partial.text });
        told.add(stop.partial);
      }
      if (stop) trace.add(placeOf(part), { kind: 'interrupted', forToolUse: false });
      addTool(trace, placeOf(part), part.text);
      awaitsReply &&= isBeforeReply(part.text);
    }
  }
  return trace.build({ source: 'aider', sessionId: id, path: file.path, fallbackTime: at });
}

function addTool(trace: TraceBuilder, place: Place, output: string): void {
  const edited = /^Applied edit to (.+)$/.exec(output)?.[1];
  if (edited !== undefined) {
    trace.add(place, { kind: 'tool-use', toolUseId: '', name: 'edit', file: edited, excerpt: '' });
  }
  const command = /^Running (.+)$/.exec(output)?.[1];
  if (command !== undefined) {
    trace.add(place, { kind: 'tool-use', toolUseId: '', name: 'run', excerpt: command });
  }
}

/** Aider writes the local time without an offset. */
function localTime(started: string): string | undefined {
  const time = Date.parse(started.replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
