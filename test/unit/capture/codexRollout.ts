import { CodexReader } from '../../../src/core/capture/codex/codex';
import type { CorrectionDraft } from '../../../src/core/capture/correctionDraft';
import type {
  ParsedTranscript,
  TraceEvent,
  TranscriptLine,
} from '../../../src/core/capture/correctionSource';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { linesOf } from '../../../src/core/capture/transcriptLines';
import { nodeHash } from '../../../src/node/systemPorts';

type Json = Readonly<Record<string, unknown>>;

const time = (second: number): string => new Date(Date.UTC(2026, 2, 2, 10, 0, second)).toISOString();

/** A line of a rollout, `second` seconds after the session began. */
export const line = (type: string, second: number, payload: Json): Json => {
  return { timestamp: time(second), type, payload };
};
export const item = (second: number, type: string, more: Json = {}): Json =>
  line('response_item', second, { type, ...more });
export const event = (second: number, type: string, more: Json = {}): Json =>
  line('event_msg', second, { type, ...more });
export const meta = (more: Json = {}): Json =>
  line('session_meta', 0, { id: 's1', timestamp: time(0), cwd: '/home/ada/shop', source: 'cli', ...more });
export const said = (second: number, role: string, ...texts: readonly string[]): Json =>
  item(second, 'message', { role, content: texts.map((text) => ({ type: 'input_text', text })) });
/** What a person says, as newer rollouts hold it: as an item, and as an event. */
export const human = (second: number, message: string): readonly Json[] => [
  said(second, 'user', message),
  event(second, 'user_message', { message }),
];
export const call = (second: number, call_id: string, name: string, args: unknown): Json =>
  item(second, 'function_call', { name, call_id, arguments: JSON.stringify(args) });
export const output = (second: number, call_id: string, value: unknown): Json =>
  item(second, 'function_call_output', { call_id, output: value });

const file = { path: 'rollout.jsonl', name: 'rollout', fallbackTime: '2026-01-01T00:00:00.000Z' };

export function reader(memory?: unknown): CodexReader {
  return new CodexReader(file, nodeHash, memory);
}

export function transcriptLines(lines: readonly (Json | string)[]): readonly TranscriptLine[] {
  return linesOf(lines.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'));
}

export function parse(lines: readonly (Json | string)[]): ParsedTranscript {
  return reader().read(transcriptLines(lines));
}

export function events(lines: readonly (Json | string)[]): readonly TraceEvent[] {
  return parse(lines).traces.flatMap((trace) => trace.events);
}

export function corrections(lines: readonly (Json | string)[]): readonly CorrectionDraft[] {
  return parse(lines).traces.flatMap((trace) => detectCorrections(trace).drafts);
}

/** What people said, in order. */
export function humans(lines: readonly (Json | string)[]): readonly string[] {
  return events(lines).flatMap((each) => (each.kind === 'human' ? [each.text] : []));
}

/** Ids of the tool uses that were denied. */
export function denied(lines: readonly (Json | string)[]): readonly string[] {
  return events(lines).flatMap((each) => (each.kind === 'tool-rejected' ? [each.toolUseId] : []));
}
