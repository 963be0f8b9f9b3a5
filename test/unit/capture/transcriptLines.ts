import { type ClaudeCodeFile, ClaudeCodeReader } from '../../../src/core/capture/claudeCode/claudeCode';
import type { CorrectionDraft } from '../../../src/core/capture/correctionDraft';
import type { ParsedTranscript, TraceEvent } from '../../../src/core/capture/correctionSource';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { linesOf } from '../../../src/core/capture/transcriptLines';
import { nodeHash } from '../../../src/node/systemPorts';

type Json = Readonly<Record<string, unknown>>;

export const rejection =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the " +
  'new_string was NOT written to the file). ';
export const stop = `${rejection}STOP what you are doing and wait for the user to tell you how to proceed.`;
export const rejectedBecause = (reason: string): string =>
  `${rejection}To tell you how to proceed, the user said:\n${reason}\n\nNote: The user's next message may contain a ` +
  'correction or preference. Pay close attention.';

/** A line of a transcript; `number` gives it an id and a time of its own. */
export function line(type: string, number: number, more: Json = {}): Json {
  const minute = String(number % 60).padStart(2, '0');
  return { type, uuid: `u${number}`, sessionId: 's1', timestamp: `2026-03-02T10:${minute}:00.000Z`, ...more };
}

export const user = (number: number, content: unknown, more: Json = {}): Json =>
  line('user', number, { message: { role: 'user', content }, ...more });
export const assistant = (number: number, ...content: readonly Json[]): Json =>
  line('assistant', number, { message: { role: 'assistant', content } });
export const text = (words: string): Json => ({ type: 'text', text: words });
export const toolUse = (id: string, name: string, input: Json = {}): Json => ({
  type: 'tool_use',
  id,
  name,
  input,
});
export const result = (id: string, content: unknown, isError?: boolean): Json => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...(isError === undefined ? {} : { is_error: isError }),
});
export const interrupt = '[Request interrupted by user]';
export const toolInterrupt = '[Request interrupted by user for tool use]';

export function file(subagentType?: string): ClaudeCodeFile {
  return {
    path: 's1.jsonl',
    name: 's1',
    fallbackTime: '2026-01-01T00:00:00.000Z',
    ...(subagentType === undefined ? {} : { subagentType }),
  };
}

export function parse(lines: readonly (Json | string)[], subagentType?: string): ParsedTranscript {
  const text = lines.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n');
  return new ClaudeCodeReader(file(subagentType), nodeHash).read(linesOf(text));
}

export function events(lines: readonly (Json | string)[]): readonly TraceEvent[] {
  return parse(lines).traces.flatMap((trace) => trace.events);
}

export function corrections(
  lines: readonly (Json | string)[],
  subagentType?: string,
): readonly CorrectionDraft[] {
  return parse(lines, subagentType).traces.flatMap((trace) => detectCorrections(trace).drafts);
}

/** What a correction is about, in one word each: signal and the person's words. */
export function told(lines: readonly (Json | string)[]): readonly string[] {
  return corrections(lines).map(({ signal, words }) => `${signal}: ${words}`);
}
