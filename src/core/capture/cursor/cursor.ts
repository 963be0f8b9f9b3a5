import type { Skipped } from '../../ports';
import { jsonOrUndefined, unnamedSubagent } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { ParsedTranscript, TranscriptFile, TranscriptLine, TranscriptReader } from '../correctionSource';
import { type Place, TraceBuilder } from '../traceBuilder';
import { type CursorMemory, cursorMemorySchema } from './cursorMemory';
import { cursorTime, cursorWords, isWrapped } from './cursorWords';

export interface CursorFile extends TranscriptFile {
  /** The whole file belongs to one subagent: its user texts come from the agent above it. */
  readonly subagent?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** A tool's excerpt is for a reader; more than this is never shown. Characters. */
const excerptLimit = 2000;
const excerptKeys = [
  'command',
  'new_string',
  'contents',
  'plan',
  'prompt',
  'pattern',
  'query',
  'search_term',
  'glob_pattern',
  'url',
  'description',
];
const fileKeys = ['path', 'file_path', 'target_file', 'target_notebook'];

/**
 * Reads a Cursor agent transcript (JSON lines, of the editor and of the CLI; the shapes as observed over 5,335 records of
 * 104 transcripts by Einsia/agent-git, `docs/mechanism-probing/cursor-kiro-formats.md`): `{role, message: {content}}` with
 * texts and tool uses, and since July 2026 `{type: "turn_ended", status, error}`. Never throws.
 *
 * It is a projection of what Cursor keeps in its database, made for reading. An interrupt is told by the end of the turn;
 * one that is logged behind a turn that had ended already stopped nothing. Not told: rejected tool calls and edits (a call
 * is written once it has run), edits changed or undone afterwards, tool results (so neither whether an edit was made nor
 * when a subagent was done), the model, which rules were in force, the working folder. The time is that of the person's
 * last message, to the minute; where no message has one, that of the file. A fork repeats the messages of its parent, which
 * counts them twice.
 */
export class CursorReader implements TranscriptReader {
  readonly #file: CursorFile;
  #time: string | undefined;
  #wrapped: boolean;
  #open: boolean;
  #trace = new TraceBuilder();
  #skipped: Skipped[] = [];
  #unknown = new Map<string, number>();

  /** @param memory of an earlier reader of this file; anything else is left aside */
  constructor(file: CursorFile, memory?: unknown) {
    const known = cursorMemorySchema.safeParse(memory);
    this.#file = file;
    this.#time = known.success ? known.data.time : undefined;
    this.#wrapped = known.success && known.data.wrapped;
    this.#open = known.success && known.data.open;
  }

  read(lines: readonly TranscriptLine[]): ParsedTranscript {
    this.#trace = new TraceBuilder();
    this.#skipped = [];
    this.#unknown = new Map();
    for (const { number, text } of lines) if (text.trim() !== '') this.#readRaw(text, number);
    const trace = this.#trace.build({
      source: 'cursor',
      sessionId: this.#file.name,
      agentType: this.#file.subagent === true ? unnamedSubagent : 'main',
      path: this.#file.path,
      fallbackTime: this.#file.fallbackTime,
    });
    return {
      traces: trace.events.length === 0 ? [] : [trace],
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries([...this.#unknown].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  memory(): CursorMemory {
    return {
      ...(this.#time === undefined ? {} : { time: this.#time }),
      wrapped: this.#wrapped,
      open: this.#open,
    };
  }

  #readRaw(raw: string, number: number): void {
    const value = jsonOrUndefined(raw);
    if (!isRecord(value)) {
      const reason =
        value === undefined ? 'not JSON: cut off, or two records on one line' : 'not a JSON object';
      this.#skipped.push({ path: this.#file.path, line: number, reason });
      return;
    }
    const blocks = blocksOf(isRecord(value['message']) ? value['message']['content'] : undefined);
    const { role, type } = value;
    if (role === 'user') this.#readUser(blocks, number);
    else if (role === 'assistant') this.#readAssistant(blocks, number);
    else if (type === 'turn_ended') this.#readEnd(value, number);
    else this.#count(typeof type === 'string' ? type : typeof role === 'string' ? `role ${role}` : '(none)');
  }

  #readUser(blocks: readonly Fields[], number: number): void {
    this.#open = true;
    const texts = blocks.map((block) => firstText(block, ['text']) ?? '');
    for (const text of texts) {
      this.#time = cursorTime(text) ?? this.#time;
      this.#wrapped ||= isWrapped(text);
    }
    if (this.#file.subagent === true) return;
    const words = texts.flatMap((text) => cursorWords(text, !this.#wrapped) ?? []);
    if (words.length > 0) this.#trace.add(this.#place(number), { kind: 'human', text: words.join('\n\n') });
  }

  #readAssistant(blocks: readonly Fields[], number: number): void {
    this.#open = true;
    const place = this.#place(number);
    for (const block of blocks) {
      if (block['type'] === 'text')
        this.#trace.add(place, { kind: 'agent', text: firstText(block, ['text']) ?? '' });
      else if (block['type'] === 'thinking') this.#trace.add(place, { kind: 'agent', text: '' });
      else if (block['type'] === 'tool_use') this.#readTool(block, place);
    }
  }

  #readTool(block: Fields, place: Place): void {
    const input = block['input'];
    // The input of ApplyPatch is the patch itself.
    const excerpt = typeof input === 'string' ? input : (firstText(input, excerptKeys) ?? '');
    const patched = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/m.exec(
      typeof input === 'string' ? input : '',
    )?.[1];
    const file = firstText(input, fileKeys) ?? patched;
    this.#trace.add(place, {
      kind: 'tool-use',
      toolUseId: '',
      name: firstText(block, ['name']) ?? '',
      excerpt: excerpt.slice(0, excerptLimit),
      ...(file === undefined ? {} : { file }),
    });
  }

  /** Both `{status: "aborted"}` and, of the editor, `{status: "error", error: "User aborted request"}` are a person's. */
  #readEnd(value: Fields, number: number): void {
    const stopped =
      value['status'] === 'aborted' || /^User aborted\b/i.test(firstText(value, ['error']) ?? '');
    if (stopped && this.#open && this.#file.subagent !== true) {
      this.#trace.add(this.#place(number), { kind: 'interrupted', forToolUse: false });
    }
    this.#open = false;
  }

  #place(number: number): Place {
    const at = this.#time ?? this.#file.fallbackTime;
    this.#trace.sawTime(at);
    return { line: number, lineId: String(number), at };
  }

  #count(name: string): void {
    this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1);
  }
}

function blocksOf(content: unknown): readonly Fields[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isRecord) : [];
}
