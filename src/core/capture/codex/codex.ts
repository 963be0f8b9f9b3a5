import type { Hash, Skipped } from '../../ports';
import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type {
  LoadedPrompt,
  ParsedTranscript,
  SessionTrace,
  TranscriptFile,
  TranscriptLine,
  TranscriptReader,
} from '../correctionSource';
import { type Place, readTime, TraceBuilder } from '../traceBuilder';
import { CodexCopies } from './codexCopies';
import { type CodexLine, codexLine, type Fields, textParts } from './codexLines';
import { type CodexMemory, codexMemorySchema } from './codexMemory';
import { promptsOfMessage, promptsOfSession, promptsOfWorld } from './codexPrompts';
import { asksModel, type CodexSession, codexSession, environmentFolder, isForked } from './codexSession';
import { CodexThread } from './codexThread';

/**
 * Reads a rollout of Codex (JSON lines as the CLI, the editor extension and the app write them, 2025 and 2026; sources:
 * `codex-rs/protocol/src/protocol.rs` and `models.rs`, `codex-rs/rollout/src/policy.rs` of openai/codex). Never throws:
 * what is not understood is skipped with its line number, or counted in `unknownTypes`.
 *
 * A denied tool is known by its output (`denialIn`); it is nobody's where nobody is asked: in `codex exec`, and while a
 * model reviews approvals. Of the reasons of `turn_aborted` only `interrupted` is a person's: `replaced` means that another
 * task took the place (a review or a compaction that was asked for, a shell command, in old versions a new message, which
 * speaks for itself), the others are the tool's. Neither messages nor interrupts are told of a subagent's rollout, where they
 * come from the agent above it, and of `codex exec` and MCP sessions, which a program holds (in real ones the messages were
 * another agent's, and read like corrections). What a fork copied from its parent stays as context, but what people did
 * in it counts in the parent alone.
 *
 * Not told by the format: a person's reason for a denial (it is the next message), edits changed before accepting, votes.
 * Turns that the person took back (`thread_rolled_back`) are no signal of ours. When a subagent's result came is not read.
 */
export class CodexReader implements TranscriptReader {
  readonly #file: TranscriptFile;
  readonly #hash: Hash;
  readonly #copies: CodexCopies;
  readonly #thread: CodexThread;
  #session: CodexSession | undefined;
  #prompts: readonly LoadedPrompt[];
  #time: string | undefined;
  #folder: string | undefined;
  #asksModel: boolean;
  /** Times seen before anything happened: they belong to the session too. */
  #span: readonly [string, string] | undefined;
  /** Something was told of this session. */
  #told: boolean;
  #trace = new TraceBuilder();
  #sawTime = false;
  #skipped: Skipped[] = [];
  #unknown = new Map<string, number>();

  /** @param memory of an earlier reader of this file; anything else is left aside */
  constructor(file: TranscriptFile, hash: Hash, memory?: unknown) {
    const known = codexMemorySchema.safeParse(memory);
    const past: Partial<CodexMemory> = known.success ? known.data : {};
    this.#file = file;
    this.#hash = hash;
    this.#copies = new CodexCopies(past.copies);
    this.#thread = new CodexThread(past);
    this.#session = past.session;
    this.#prompts = past.prompts ?? [];
    this.#time = past.time;
    this.#folder = past.folder;
    this.#asksModel = past.asksModel ?? false;
    this.#span = past.span;
    this.#told = past.told ?? false;
  }

  read(lines: readonly TranscriptLine[]): ParsedTranscript {
    this.#trace = new TraceBuilder();
    this.#sawTime = false;
    this.#skipped = [];
    this.#unknown = new Map();
    for (const at of this.#span ?? []) this.#trace.sawTime(at);
    for (const { number, text } of lines) if (text.trim() !== '') this.#readRaw(text, number);
    return {
      traces: this.#build(),
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries([...this.#unknown].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  memory(): CodexMemory {
    return {
      ...(this.#session && { session: this.#session }),
      ...(this.#time === undefined ? {} : { time: this.#time }),
      ...(this.#folder === undefined ? {} : { folder: this.#folder }),
      ...(this.#span && { span: [...this.#span] }),
      told: this.#told,
      asksModel: this.#asksModel,
      prompts: [...this.#prompts],
      copies: this.#copies.memory(),
      ...this.#thread.memory(),
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
    const line = codexLine(value);
    if (line.kind === 'unknown') {
      this.#count(line.name);
      return;
    }
    const time = readTime(firstText(value, ['timestamp']));
    if (line.kind === 'session') this.#begin(line.fields, time);
    const at = time === undefined ? undefined : Date.parse(time);
    const copied = this.#copies.isCopy(line, value['ordinal'], at);
    // The session is not older than the fork, whatever it copied.
    if (at !== undefined && !(copied && this.#copies.isBeforeFork(at))) this.#time = time;
    const place = { line: number, lineId: String(number), at: this.#time ?? this.#file.fallbackTime };
    if (line.kind !== 'nothing') {
      this.#sawTime = true;
      this.#trace.sawTime(place.at);
    }
    this.#readLine(line, place, !copied);
  }

  #readLine(line: CodexLine, place: Place, own: boolean): void {
    if (line.kind === 'turn') {
      this.#folder = firstText(line.fields, ['cwd']) ?? this.#folder;
      this.#asksModel = asksModel(line.fields) ?? this.#asksModel;
      return;
    }
    if (line.kind === 'world') this.#load(promptsOfWorld(line.fields, this.#hash));
    if (line.kind !== 'item' && line.kind !== 'event') return;
    const around = {
      trace: this.#trace,
      own,
      personal: this.#session?.subagent === undefined && this.#session?.byProgram !== true,
      attended: !this.#asksModel && this.#session?.unattended !== true,
      attendedMcp: this.#session?.hosted !== true,
      folder: this.#folder,
    };
    if (line.kind === 'event') {
      const unknown = this.#thread.event(line.type, line.fields, place, around);
      if (unknown !== undefined) this.#count(unknown);
      return;
    }
    if (line.fields['role'] === 'user') {
      for (const text of textParts(line.fields['content'])) this.#context(text);
    }
    this.#thread.item(line.type, line.fields, place, around);
  }

  /** What the model is given at the beginning comes as texts of a user. */
  #context(text: string): void {
    this.#load(promptsOfMessage(text, this.#hash));
    const session = this.#session;
    if (session === undefined || session.cwd !== undefined) return;
    const cwd = environmentFolder(text);
    if (cwd === undefined) return;
    this.#session = { ...session, cwd };
    this.#folder ??= cwd;
  }

  /** The first metadata are the session's own, later ones those of the session that it was forked from. */
  #begin(fields: Fields, time: string | undefined): void {
    const session = codexSession(fields);
    const known = this.#session;
    if (known === undefined) {
      this.#session = session;
      this.#folder = session.cwd;
      this.#load(promptsOfSession(fields, this.#hash));
      if (isForked(fields)) this.#fork(readTime(firstText(fields, ['timestamp'])) ?? time, fields);
    } else if (session.id !== undefined && session.id !== known.id && !this.#copies.memory().copying) {
      this.#fork(time, {});
    }
  }

  #fork(at: string | undefined, fields: Fields): void {
    this.#copies.begin(
      at === undefined ? undefined : Date.parse(at),
      fields['subagent_history_start_ordinal'],
    );
  }

  #load(prompts: readonly LoadedPrompt[]): void {
    if (prompts.length > 0) this.#prompts = prompts;
  }

  #count(name: string): void {
    this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1);
  }

  #build(): readonly SessionTrace[] {
    const trace = this.#trace.build({
      source: 'codex',
      sessionId: this.#session?.id ?? nameId(this.#file.name),
      agentType: this.#session?.subagent ?? 'main',
      path: this.#file.path,
      cwd: this.#session?.cwd,
      fallbackTime: this.#time ?? this.#file.fallbackTime,
      promptsInForce: this.#prompts,
    });
    const happened = trace.events.length > 0;
    if (!happened && !this.#told) {
      if (this.#sawTime) this.#span = [trace.startedAt, trace.endedAt];
      return [];
    }
    this.#span = undefined;
    this.#told = true;
    return happened || this.#sawTime ? [trace] : [];
  }
}

/** `rollout-2025-12-28T12-18-30-<id>`: the id, else the whole name. */
function nameId(name: string): string {
  return /^rollout-[\dT-]{19}-(.+)$/.exec(name)?.[1] ?? name;
}
