import type { Skipped } from '../ports';
import { Delegations, jsonOrUndefined } from './claudeCodeAgents';
import { type ClaudeCodeLine, isRecord, lineClass, readLine } from './claudeCodeLines';
import { type LoadedPrompt, loadedPrompts } from './claudeCodePrompts';
import { QueuedMessages } from './claudeCodeQueue';
import { type LineContext, readAssistantLine, readUserLine } from './claudeCodeTurns';
import type { ParsedTranscript, SessionTrace } from './correctionSource';
import { type Place, readTime, TraceBuilder } from './traceBuilder';

export interface ClaudeCodeFile {
  readonly text: string;
  /** As it is to stand in the evidence. */
  readonly path: string;
  /** The file's name without `.jsonl`: the tool names a session's file by the session. */
  readonly name: string;
  /** ISO 8601 with offset, for lines before the first that has a time. */
  readonly fallbackTime: string;
  /** Set when the whole file belongs to one subagent. */
  readonly subagentType?: string;
}

/** Key of the main thread among the chains of a file. */
const mainChain = '';

/**
 * Reads a Claude Code transcript (format: JSON lines as the tool writes them, version 1 and 2). Never throws: what is not
 * understood is skipped with its line number, or counted in `unknownTypes`. Lines replayed within the file count once.
 */
export function parseClaudeCode(file: ClaudeCodeFile): ParsedTranscript {
  return new ClaudeCodeReader(file).read();
}

class ClaudeCodeReader {
  readonly #skipped: Skipped[] = [];
  readonly #unknown = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #chainOf = new Map<string, string>();
  readonly #traces = new Map<string, TraceBuilder>();
  readonly #contexts = new Map<string, LineContext>();
  readonly #delegations = new Delegations();
  readonly #queue = new QueuedMessages();
  readonly #prompts = new Map<string, LoadedPrompt>();
  #sessionId: string | undefined;
  #cwd: string | undefined;
  #time: string | undefined;

  constructor(readonly file: ClaudeCodeFile) {}

  read(): ParsedTranscript {
    const { text } = this.file;
    let start = text.startsWith('\uFEFF') ? 1 : 0;
    for (let number = 1; start < text.length; number++) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      const raw = text.slice(start, end).trim();
      if (raw !== '') this.#readRaw(raw, number);
      start = end + 1;
    }
    return {
      traces: this.#build(),
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries(this.#sortedUnknown()),
    };
  }

  #readRaw(raw: string, number: number): void {
    const value = jsonOrUndefined(raw);
    if (!isRecord(value)) {
      const reason =
        value === undefined ? 'not JSON: cut off, or two records on one line' : 'not a JSON object';
      this.#skipped.push({ path: this.file.path, line: number, reason });
      return;
    }
    const type = value['type'];
    const kind = lineClass(type);
    if (kind === 'unknown') {
      const name = typeof type === 'string' ? type : '(none)';
      this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1);
    }
    const line = kind === 'read' ? readLine(value) : undefined;
    if (line) this.#readLine(line, number);
  }

  #readLine(line: ClaudeCodeLine, number: number): void {
    if (line.uuid !== undefined) {
      if (this.#seen.has(line.uuid)) return;
      this.#seen.add(line.uuid);
    }
    this.#time = readTime(line.timestamp) ?? this.#time;
    if (line.sessionId !== undefined && this.#sessionId !== this.file.name) this.#sessionId = line.sessionId;
    this.#cwd ??= line.cwd;
    const place: Place = {
      line: number,
      lineId: line.uuid ?? String(number),
      at: this.#time ?? this.file.fallbackTime,
    };
    if (line.type === 'queue-operation') {
      this.#queue.operation(line, place, this.#trace(mainChain));
      return;
    }
    if (line.type === 'attachment') {
      for (const prompt of loadedPrompts(line.attachment)) this.#prompts.set(prompt.path, prompt);
      this.#queue.attachment(line, place, this.#trace(mainChain));
      return;
    }
    const chain = this.#chain(line);
    const trace = this.#trace(chain, line);
    trace.sawTime(place.at);
    const context = this.#context(chain);
    if (line.type === 'assistant') readAssistantLine(line, place, trace, context);
    else readUserLine(line, place, trace, context);
  }

  /** Older transcripts hold subagents' lines between the main thread's: told apart by agent id, else by their root. */
  #chain(line: ClaudeCodeLine): string {
    if (this.file.subagentType !== undefined || line.isSidechain !== true) return mainChain;
    const parent = line.parentUuid === undefined ? undefined : this.#chainOf.get(line.parentUuid);
    const chain = line.agentId ?? parent ?? line.uuid ?? 'sidechain';
    if (line.uuid !== undefined) this.#chainOf.set(line.uuid, chain);
    return chain;
  }

  #trace(chain: string, first?: ClaudeCodeLine): TraceBuilder {
    const known = this.#traces.get(chain);
    if (known) return known;
    const content = first?.message?.content;
    const prompt = typeof content === 'string' ? content : undefined;
    // The result that names an agent comes after its lines, so its type is asked for when the file is read.
    const agentType =
      chain === mainChain
        ? () => this.file.subagentType ?? 'main'
        : () => this.#delegations.typeOf(first?.agentId, prompt);
    const trace = new TraceBuilder(agentType);
    this.#traces.set(chain, trace);
    return trace;
  }

  #context(chain: string): LineContext {
    const known = this.#contexts.get(chain);
    if (known) return known;
    const context: LineContext = {
      personal: chain === mainChain && this.file.subagentType === undefined,
      tools: new Map(),
      delegations: this.#delegations,
    };
    this.#contexts.set(chain, context);
    return context;
  }

  #build(): readonly SessionTrace[] {
    const session = {
      source: 'claude-code' as const,
      sessionId: this.#sessionId ?? this.file.name,
      path: this.file.path,
      cwd: this.#cwd,
      fallbackTime: this.file.fallbackTime,
      promptsInForce: [...this.#prompts.values()],
    };
    const shownLater = this.#queue.shownLater(this.#traces.get(mainChain)?.events ?? []);
    return [...this.#traces.values()]
      .map((trace) => trace.build(session, shownLater))
      .filter(({ events }) => events.length > 0);
  }

  #sortedUnknown(): readonly (readonly [string, number])[] {
    return [...this.#unknown].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
