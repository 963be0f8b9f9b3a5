import { isRecord } from '../claudeCode/claudeCodeLines';
import { type JsonReader, readWhole } from '../copilot/copilotJson';
import type { ParsedTranscript, SessionTrace, TranscriptFile } from '../correctionSource';
import { readTime, TraceBuilder } from '../traceBuilder';
import { type LegacyRecord, personsWords, readLegacyRecord } from './legacyRecord';

export interface LegacyFile extends TranscriptFile {
  readonly text: string;
  /** Name of the folder that it lies in: `session_` and eight hexadecimal digits. */
  readonly folder: string;
}

/** Is this the beginning of a correction, an export of corrections or a hook record of the Python prototype? */
export function looksLikeLegacy(head: string): boolean {
  if (!/^\uFEFF?\s*\{/.test(head)) return false;
  const has = (key: string) => new RegExp(`"${key}"\\s*:`).test(head);
  return (has('correction_id') && has('agent_type')) || (has('hook_id') && has('subprocess_id'));
}

/**
 * Reads what the Python prototype recorded: one correction a file, or its export of all of them. They were recorded as
 * corrections on purpose, so their type and severity hold. Beside them lie records of its hooks, which correct nothing.
 * Never throws.
 */
export function parseLegacy(file: LegacyFile, readJson: JsonReader): ParsedTranscript {
  if (/^hook_/i.test(file.name)) return hookRecord;
  const reading = readWhole(file.text, readJson);
  if (!reading.ok) return skip(file, reading.line, reading.reason);
  const { value } = reading;
  if (!isRecord(value)) return skip(file, 0, 'no correction in it');
  if ('hook_id' in value && !('user_correction' in value)) return hookRecord;
  const exported = value['corrections'];
  const lines = keyLines(file.text);
  const traces: SessionTrace[] = [];
  const skipped: { path: string; line: number; reason: string }[] = [];
  for (const [index, item] of (Array.isArray(exported) ? exported : [value]).entries()) {
    const record = readLegacyRecord(item);
    const line = lines[index] ?? 1;
    const reason = record ? undefined : 'user_correction, the words of the person, is missing or no text';
    if (record && personsWords(record) !== '') traces.push(traceOf(record, file, index, line));
    else skipped.push({ path: file.path, line, reason: reason ?? 'the person said nothing in it' });
  }
  return { traces, skipped, unknownTypes: {} };
}

const hookRecord: ParsedTranscript = { traces: [], skipped: [], unknownTypes: { 'hook record': 1 } };

function skip(file: LegacyFile, line: number, reason: string): ParsedTranscript {
  return { traces: [], skipped: [{ path: file.path, line, reason }], unknownTypes: {} };
}

/** Lines at which the persons' words stand, in order. */
function keyLines(text: string): readonly number[] {
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const _ of line.matchAll(/"user_correction"\s*:/g)) lines.push(index + 1);
  }
  return lines;
}

function traceOf(record: LegacyRecord, file: LegacyFile, index: number, line: number): SessionTrace {
  const id = record.correction_id?.trim() || `${file.folder}/${file.name}${index === 0 ? '' : `#${index}`}`;
  const at = timeIn(record.timestamp) ?? timeInName(file.name) ?? file.fallbackTime;
  const agentType = record.agent_type?.trim() || 'main';
  const trace = new TraceBuilder();
  trace.sawTime(at);
  trace.add(
    { line, lineId: id, at },
    {
      kind: 'recorded',
      words: personsWords(record),
      agentText: record.original_response ?? '',
      ...(record.correction_type && { correctionType: record.correction_type }),
      ...(record.severity && { severity: record.severity }),
      ...(record.task_description && { taskDescription: record.task_description }),
    },
  );
  const sessionId = file.folder.startsWith('session_') ? file.folder : file.name;
  const { path, fallbackTime } = file;
  return trace.build({ source: 'legacy', sessionId, thread: id, agentType, path, fallbackTime });
}

/** The prototype wrote local time without an offset, in the file's name too. */
function timeIn(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(text) ? readTime(text) : undefined;
}

/** `engineer_20250713_174718_corr_….json`. */
function timeInName(name: string): string | undefined {
  const found = /(?:^|_)(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(?:_|$)/.exec(name);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  return readTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}
