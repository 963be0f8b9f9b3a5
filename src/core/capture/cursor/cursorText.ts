import type { ParsedTranscript, TranscriptFile } from '../correctionSource';
import { TraceBuilder } from '../traceBuilder';
import { cursorTime, cursorWords } from './cursorWords';

export interface CursorTextFile extends TranscriptFile {
  readonly text: string;
}

interface Section {
  readonly kind: 'user' | 'agent' | 'thinking' | 'tool' | 'result';
  /** Line of its heading. */
  readonly line: number;
  readonly name: string;
  readonly lines: string[];
}

/**
 * Reads an older Cursor transcript, which is a text (shape as read by kenn-io/agentsview, `internal/parser/cursor.go`, and
 * others): `user:` and `A:` or `assistant:` alone on a line, within the agent's part `[Thinking]`, `[Tool call] Name` and
 * `[Tool result] Name`. Never throws. It tells what `CursorReader` tells, but for interrupts, of which it has no mark.
 */
export function parseCursorText(file: CursorTextFile): ParsedTranscript {
  const trace = new TraceBuilder();
  let time: string | undefined;
  for (const section of sectionsOf(file.text)) {
    const text = section.lines.join('\n').trim();
    if (section.kind === 'user') time = cursorTime(text) ?? time;
    const place = { line: section.line, lineId: String(section.line), at: time ?? file.fallbackTime };
    if (section.kind === 'user') {
      const words = cursorWords(text, false);
      if (words !== undefined) trace.add(place, { kind: 'human', text: words });
    } else if (section.kind === 'tool') {
      const excerpt = /^\s*(?:command|path|query|pattern): (.+)$/m.exec(text)?.[1] ?? '';
      const path = /^\s*(?:path|file_path|target_file): (.+)$/m.exec(text)?.[1];
      const body = { kind: 'tool-use' as const, toolUseId: '', name: section.name, excerpt };
      trace.add(place, { ...body, ...(path === undefined ? {} : { file: path }) });
    } else if (section.kind === 'thinking') trace.add(place, { kind: 'agent', text: '' });
    else if (section.kind === 'agent' && text !== '') trace.add(place, { kind: 'agent', text });
    trace.sawTime(place.at);
  }
  const none = trace.events.length === 0;
  const { path, name: sessionId, fallbackTime } = file;
  return {
    traces: none ? [] : [trace.build({ source: 'cursor', sessionId, path, fallbackTime })],
    skipped: none ? [{ path, line: 0, reason: 'no Cursor turns in it' }] : [],
    unknownTypes: {},
  };
}

function sectionsOf(text: string): readonly Section[] {
  const sections: Section[] = [];
  let inQuery = false;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const current = sections.at(-1);
    const heading = inQuery ? undefined : headingOf(line, lines[index + 1], current);
    if (heading)
      sections.push({ ...heading, line: index + 1, lines: heading.rest === '' ? [] : [heading.rest] });
    else if (current && endsBody(current, line)) {
      sections.push({ kind: 'agent', line: index + 1, name: '', lines: [line] });
    } else current?.lines.push(line);
    // A person's own lines may look like headings.
    if (line.includes('<user_query>')) inQuery = true;
    if (line.includes('</user_query>')) inQuery = false;
  }
  return sections;
}

function headingOf(
  line: string,
  next: string | undefined,
  current: Section | undefined,
): (Pick<Section, 'kind' | 'name'> & { readonly rest: string }) | undefined {
  const bare = line.trimEnd();
  // What tools print has such lines too; behind a person's there is always a tag.
  if (bare === 'user:') return /^\s*</.test(next ?? '') ? { kind: 'user', name: '', rest: '' } : undefined;
  if (bare === 'A:' || bare === 'assistant:') return { kind: 'agent', name: '', rest: '' };
  if (!current || current.kind === 'user') return undefined;
  const mark = /^\[(Thinking|Tool call|Tool result)\] ?(.*)$/.exec(bare);
  if (!mark) return undefined;
  const rest = mark[2] ?? '';
  if (mark[1] === 'Thinking') return { kind: 'thinking', name: '', rest };
  return { kind: mark[1] === 'Tool call' ? 'tool' : 'result', name: rest, rest: '' };
}

/** The parameters of a call are indented, a thought stands beside its mark. What follows at the margin is said. */
function endsBody({ kind }: Section, line: string): boolean {
  return (kind === 'tool' || kind === 'thinking') && /^\S/.test(line);
}
