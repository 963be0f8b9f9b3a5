import {
  type Block,
  blocksOf,
  type ClaudeCodeLine,
  firstText,
  isRecord,
  lineClass,
  readLine,
} from './claudeCodeLines';

/** Agent type of a subagent of which the transcripts do not say what it was. */
export const unnamedSubagent = 'subagent';
/** What Claude Code runs when an `Agent` call names no type. */
const defaultSubagent = 'general-purpose';

/** The agent type to which a tool call delegates; undefined for any other tool. */
export function delegatedType(block: Block): string | undefined {
  if (block.name !== 'Agent' && block.name !== 'Task') return undefined;
  return firstText(block.input, ['subagent_type']) ?? defaultSubagent;
}

type Pairs = [string, string][];

export interface DelegationsMemory {
  readonly calls: Pairs;
  readonly prompts: Pairs;
  readonly agents: Pairs;
}

/** Remembers what a main thread delegated, so that subagents' lines can be given their agent type. */
export class Delegations {
  readonly #typeOfCall: Map<string, string>;
  /** By the beginning of the prompt, which tells prompts apart well enough. */
  readonly #typeOfPrompt: Map<string, string>;
  readonly #typeOfAgent: Map<string, string>;

  constructor(past?: DelegationsMemory) {
    this.#typeOfCall = new Map(past?.calls);
    this.#typeOfPrompt = new Map(past?.prompts);
    this.#typeOfAgent = new Map(past?.agents);
  }

  memory(): DelegationsMemory {
    return { calls: [...this.#typeOfCall], prompts: [...this.#typeOfPrompt], agents: [...this.#typeOfAgent] };
  }

  call(block: Block): void {
    const type = delegatedType(block);
    if (type === undefined) return;
    if (block.id !== undefined) this.#typeOfCall.set(block.id, type);
    const prompt = firstText(block.input, ['prompt']);
    if (prompt !== undefined) this.#typeOfPrompt.set(promptKey(prompt), type);
  }

  result(line: ClaudeCodeLine, block: Block): void {
    const agentId = isRecord(line.toolUseResult) ? firstText(line.toolUseResult, ['agentId']) : undefined;
    const type = this.#typeOfCall.get(block.tool_use_id ?? '');
    if (agentId !== undefined && type !== undefined) this.#typeOfAgent.set(agentId, type);
  }

  /** By the agent's id, else by the prompt that it was given (older transcripts have no ids). */
  typeOf(agentId: string | undefined, prompt: string | undefined): string {
    const byId = agentId === undefined ? undefined : this.#typeOfAgent.get(agentId);
    const byPrompt = prompt === undefined ? undefined : this.#typeOfPrompt.get(promptKey(prompt));
    return byId ?? byPrompt ?? unnamedSubagent;
  }
}

function promptKey(prompt: string): string {
  return prompt.trim().slice(0, 300);
}

/** Reads from a parent's transcript only what it delegated: lines that cannot matter are not even parsed. */
export function delegationsIn(text: string): Delegations {
  const delegations = new Delegations();
  for (const raw of text.split('\n')) {
    if (!raw.includes('"subagent_type"') && !raw.includes('"agentId"') && !raw.includes('"Task"')) continue;
    const line = lenientLine(raw);
    if (!line) continue;
    for (const block of blocksOf(line.messageContent)) {
      if (block.type === 'tool_use') delegations.call(block);
      if (block.type === 'tool_result') delegations.result(line, block);
    }
  }
  return delegations;
}

/** A line that is not JSON is reported where the parent's own transcript is read, so here it is only passed by. */
function lenientLine(raw: string): ClaudeCodeLine | undefined {
  const value = jsonOrUndefined(raw);
  return isRecord(value) && lineClass(value['type']) === 'read' ? readLine(value) : undefined;
}

/** `undefined` for text that is not JSON (no JSON text stands for undefined). */
export function jsonOrUndefined(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
