import type { Hash, Skipped } from '../../ports';
import type {
  LoadedPrompt,
  MessageUsage,
  ParsedTranscript,
  SessionTrace,
  TranscriptFile,
  TranscriptLine,
  TranscriptReader,
} from '../correctionSource';
import { type Place, readTime, TraceBuilder } from '../traceBuilder';
import { Delegations, jsonOrUndefined, unnamedSubagent } from './claudeCodeAgents';
import { type ClaudeCodeLine, isPlainlyBookkeeping, isRecord, lineClass, readLine } from './claudeCodeLines';
import { type ClaudeCodeMemory, claudeCodeMemorySchema } from './claudeCodeMemory';
import { loadedPrompts } from './claudeCodePrompts';
import { QueuedMessages } from './claudeCodeQueue';
import { type LineContext, readAssistantLine, readUserLine } from './claudeCodeTurns';
import { messageUsage } from './claudeCodeUsage';

export interface ClaudeCodeFile extends TranscriptFile {
  /** Set when the whole file belongs to one subagent. The file is named by the session otherwise. */
  readonly subagentType?: string;
}

/** Key of the main thread among the chains of a file. */
const mainChain = '';

interface Chain {
  agentType: string;
  readonly agentId: string | undefined;
  readonly context: LineContext;
  trace: TraceBuilder;
  messages: MessageUsage[];
}

/**
 * Reads a Claude Code transcript (format: JSON lines as the tool writes them, version 1 and 2). Never throws: what is not
 * understood is skipped with its line number, or counted in `unknownTypes`. What a person did counts once, also where
 * lines are replayed within the file.
 */
export class ClaudeCodeReader implements TranscriptReader {
  readonly #file: ClaudeCodeFile;
  readonly #hash: Hash;
  /** Ids of the lines that told what a person did. */
  readonly #seen: Set<string>;
  /** Of older transcripts, which hold subagents' lines between the main thread's: the chain of each such line. */
  readonly #chainOf: Map<string, string>;
  readonly #chains = new Map<string, Chain>();
  readonly #delegations: Delegations;
  readonly #queue: QueuedMessages;
  readonly #prompts: Map<string, LoadedPrompt>;
  #skipped: Skipped[] = [];
  #unknown = new Map<string, number>();
  #sessionId: string | undefined;
  #cwd: string | undefined;
  #time: string | undefined;

  /** @param memory of an earlier reader of this file; anything else is left aside */
  constructor(file: ClaudeCodeFile, hash: Hash, memory?: unknown) {
    const known = claudeCodeMemorySchema.safeParse(memory);
    const past: Partial<ClaudeCodeMemory> = known.success ? known.data : {};
    this.#file = file;
    this.#hash = hash;
    this.#seen = new Set(past.seen);
    this.#chainOf = new Map(past.chainOf);
    this.#delegations = new Delegations(past.delegations);
    this.#queue = new QueuedMessages(past.queue);
    this.#prompts = new Map(past.prompts?.map((prompt) => [prompt.path, prompt]));
    this.#sessionId = past.sessionId;
    this.#cwd = past.cwd;
    this.#time = past.time;
    for (const { key, agentType, agentId, tools } of past.chains ?? []) {
      this.#addChain(key, agentType, agentId, tools);
    }
  }

  read(lines: readonly TranscriptLine[]): ParsedTranscript {
    this.#skipped = [];
    this.#unknown = new Map();
    for (const chain of this.#chains.values()) {
      chain.trace = new TraceBuilder();
      chain.messages = [];
    }
    for (const { number, text } of lines) if (text !== '') this.#readRaw(text, number);
    return {
      traces: this.#build(),
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries([...this.#unknown].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  memory(): ClaudeCodeMemory {
    return {
      seen: [...this.#seen],
      chainOf: [...this.#chainOf],
      chains: [...this.#chains].map(([key, { agentType, agentId, context }]) => {
        return { key, agentType, agentId, tools: [...context.tools] };
      }),
      delegations: this.#delegations.memory(),
      queue: this.#queue.memory(),
      prompts: [...this.#prompts.values()],
      ...(this.#sessionId === undefined ? {} : { sessionId: this.#sessionId }),
      ...(this.#cwd === undefined ? {} : { cwd: this.#cwd }),
      ...(this.#time === undefined ? {} : { time: this.#time }),
    };
  }

  #readRaw(raw: string, number: number): void {
    if (isPlainlyBookkeeping(raw)) return;
    const value = jsonOrUndefined(raw);
    if (!isRecord(value)) {
      if (raw.trim() === '') return;
      const reason =
        value === undefined ? 'not JSON: cut off, or two records on one line' : 'not a JSON object';
      this.#skipped.push({ path: this.#file.path, line: number, reason });
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
    if (line.uuid !== undefined && this.#seen.has(line.uuid)) return;
    this.#time = readTime(line.timestamp) ?? this.#time;
    if (line.sessionId !== undefined && this.#sessionId !== this.#file.name) this.#sessionId = line.sessionId;
    this.#cwd ??= line.cwd;
    const place: Place = {
      line: number,
      lineId: line.uuid ?? String(number),
      at: this.#time ?? this.#file.fallbackTime,
    };
    if (line.type === 'attachment') {
      for (const prompt of loadedPrompts(line.attachment, this.#hash)) this.#prompts.set(prompt.path, prompt);
    }
    const { trace, context, messages } = this.#chain(line);
    if (context.personal) this.#queue.settle(number, trace);
    const before = trace.events.length;
    if (line.type === 'queue-operation') this.#queue.operation(line, place);
    else if (line.type === 'attachment') this.#queue.attachment(line, place, trace);
    else {
      trace.sawTime(place.at);
      if (line.type === 'assistant') {
        readAssistantLine(line, place, trace, context);
        const message = messageUsage(line, place);
        if (message) messages.push(message);
      } else readUserLine(line, place, trace, context);
    }
    if (line.uuid !== undefined && trace.events.slice(before).some(isPersons)) this.#seen.add(line.uuid);
  }

  /** Subagents' lines in a main thread's file are told apart by agent id, else by their root. */
  #chain(line: ClaudeCodeLine): Chain {
    if (this.#file.subagentType !== undefined || !line.isSidechain) {
      return this.#chains.get(mainChain) ?? this.#addChain(mainChain, this.#file.subagentType ?? 'main');
    }
    const parent = line.parentUuid === undefined ? undefined : this.#chainOf.get(line.parentUuid);
    const key = line.agentId ?? parent ?? line.uuid ?? 'sidechain';
    if (line.uuid !== undefined) this.#chainOf.set(line.uuid, key);
    const known = this.#chains.get(key);
    if (known) return known;
    const content = line.messageContent;
    const prompt = typeof content === 'string' ? content : undefined;
    return this.#addChain(key, this.#delegations.typeOf(line.agentId, prompt), line.agentId);
  }

  #addChain(
    key: string,
    agentType: string,
    agentId?: string,
    tools: ClaudeCodeMemory['chains'][number]['tools'] = [],
  ): Chain {
    const personal = key === mainChain && this.#file.subagentType === undefined;
    const context = { personal, tools: new Map(tools), queue: this.#queue, delegations: this.#delegations };
    const chain = { agentType, agentId, context, trace: new TraceBuilder(), messages: [] };
    this.#chains.set(key, chain);
    return chain;
  }

  #build(): readonly SessionTrace[] {
    const session = {
      source: 'claude-code' as const,
      sessionId: this.#sessionId ?? this.#file.name,
      path: this.#file.path,
      cwd: this.#cwd,
      fallbackTime: this.#time ?? this.#file.fallbackTime,
      promptsInForce: [...this.#prompts.values()],
    };
    for (const chain of this.#chains.values()) {
      // The result that names an agent comes after its lines.
      if (chain.agentType === unnamedSubagent) {
        chain.agentType = this.#delegations.typeOf(chain.agentId, undefined);
      }
    }
    return [...this.#chains]
      .map(([thread, { agentType, trace, messages }]) =>
        trace.build({ ...session, thread, agentType, messages }),
      )
      .filter(({ events, messages }) => events.length + (messages?.length ?? 0) > 0);
  }
}

const personsKinds: ReadonlySet<string> = new Set([
  'human',
  'interrupted',
  'tool-rejected',
  'edit-modified',
  'plan-edited',
]);

function isPersons({ kind }: { readonly kind: string }): boolean {
  return personsKinds.has(kind);
}
