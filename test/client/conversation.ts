import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { type ClientEnd, type ClientProcess, startClient } from './clientProcess.ts';
import type { ClientWorld } from './clientWorld.ts';

/** What a person says to a tool that asks for permission. */
export type Permission =
  | { readonly behavior: 'allow'; readonly updatedInput: Readonly<Record<string, unknown>> }
  /** `interrupt` stops the agent, as Esc does; without it, the agent goes on with the message as its answer. */
  | { readonly behavior: 'deny'; readonly message: string; readonly interrupt?: boolean };

export interface ToolRequest {
  readonly toolName: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface ConversationOptions {
  /** Further options of the command line. */
  readonly args?: readonly string[];
  /** Allows everything as it was asked when left out. */
  readonly decide?: (request: ToolRequest) => Permission;
}

/** One line that the client writes in its stream; of the many kinds only these parts are looked at. */
interface StreamLine {
  readonly type: string;
  readonly request_id?: string;
  readonly request?: {
    readonly subtype: string;
    readonly tool_name?: string;
    readonly input?: Readonly<Record<string, unknown>>;
  };
  readonly response?: { readonly request_id: string };
  readonly event?: { readonly type: string };
}

interface Waiting {
  readonly wanted: (line: StreamLine) => boolean;
  readonly found: () => void;
  readonly ended: (error: Error) => void;
}

/**
 * A person's conversation with the client, over the protocol by which editors drive it (`stream-json` both ways): several
 * turns, answers to permission prompts, interrupts.
 */
export class Conversation {
  readonly #process: ClientProcess;
  readonly #decide: (request: ToolRequest) => Permission;
  readonly #waiting = new Set<Waiting>();
  #answers = 0;

  private constructor(process: ClientProcess, decide: (request: ToolRequest) => Permission) {
    this.#process = process;
    this.#decide = decide;
    createInterface({ input: process.child.stdout }).on('line', (line) => this.#read(JSON.parse(line)));
    process.ended.then(
      ({ status, stderr }) => this.#end(new Error(`The client ended with ${status}: ${stderr}`)),
      (error: unknown) => this.#end(new Error('The client could not be started.', { cause: error })),
    );
  }

  static async start(
    world: ClientWorld,
    address: string,
    { args = [], decide = asAsked }: ConversationOptions = {},
  ): Promise<Conversation> {
    const process = await startClient(world, address, [
      ...['-p', '--verbose', '--include-partial-messages'],
      ...['--input-format', 'stream-json', '--output-format', 'stream-json'],
      ...['--permission-prompt-tool', 'stdio'],
      ...args,
    ]);
    const conversation = new Conversation(process, decide);
    await conversation.#control({ subtype: 'initialize' });
    return conversation;
  }

  /** Turns that the agent has ended. One may begin by itself, when a subagent in the background is done. */
  get answers(): number {
    return this.#answers;
  }

  /** Says something and waits until the agent has answered. */
  async say(text: string): Promise<void> {
    const answered = this.#next(({ type }) => type === 'result');
    this.#write({ type: 'user', message: { role: 'user', content: text }, uuid: randomUUID() });
    await answered;
  }

  /** Says something and stops the agent while it speaks. */
  async sayAndStop(text: string): Promise<void> {
    const speaking = this.#next(({ event }) => event?.type === 'content_block_delta');
    await Promise.all([this.say(text), speaking.then(() => this.stop())]);
  }

  /** Stops the agent, whatever it does. */
  async stop(): Promise<void> {
    await this.#control({ subtype: 'interrupt' });
  }

  async close(): Promise<ClientEnd> {
    this.#process.child.stdin.end();
    return this.#process.ended;
  }

  async #control(request: object): Promise<void> {
    const id = randomUUID();
    const answered = this.#next(({ response }) => response?.request_id === id);
    this.#write({ type: 'control_request', request_id: id, request });
    await answered;
  }

  /** Resolves with the next line of this kind. Rejects when the client ends before. */
  #next(wanted: (line: StreamLine) => boolean): Promise<void> {
    return new Promise((found, ended) => this.#waiting.add({ wanted, found, ended }));
  }

  #end(error: Error): void {
    for (const { ended } of this.#waiting) ended(error);
  }

  #read(line: StreamLine): void {
    if (line.type === 'result') this.#answers += 1;
    for (const waiting of this.#waiting) {
      if (!waiting.wanted(line)) continue;
      this.#waiting.delete(waiting);
      waiting.found();
    }
    const { request, request_id } = line;
    if (line.type !== 'control_request' || request?.subtype !== 'can_use_tool') return;
    const response = this.#decide({ toolName: request.tool_name ?? '', input: request.input ?? {} });
    this.#write({ type: 'control_response', response: { subtype: 'success', request_id, response } });
  }

  #write(message: object): void {
    this.#process.child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}

function asAsked({ input }: ToolRequest): Permission {
  return { behavior: 'allow', updatedInput: input };
}
