import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type ModelTurn, sendReply } from './modelReply.ts';

/** What the client asked the model, as far as tests look at it. */
export interface ModelRequest {
  readonly model: string;
  /** Set when a subagent asks. */
  readonly agentId: string | undefined;
  /** The system prompt's blocks, joined. */
  readonly system: string;
  /** Everything that was said in the conversation so far, as JSON. */
  readonly messages: string;
  readonly tools: readonly string[];
}

export interface ModelServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** Those of the main thread and of subagents, in the order they came. */
  readonly requests: readonly ModelRequest[];
  /** Turns of the script that were not asked for. */
  readonly left: () => number;
  close(): Promise<void>;
}

interface MessagesBody {
  readonly model?: string;
  readonly stream?: boolean;
  readonly system?: string | readonly { readonly text?: string }[];
  readonly messages?: readonly unknown[];
  readonly tools?: readonly { readonly name: string }[];
}

/** What the main thread and the subagents are to say, each in its order. */
export interface ModelScript {
  readonly main: readonly ModelTurn[];
  readonly subagents?: readonly ModelTurn[];
}

/** Said when the script is at its end, and to whatever the client asks beside the conversation (a title, a summary). */
const closingWords: ModelTurn = { text: 'There is nothing left to do.' };

/**
 * A stand-in for the model's service on this machine: it answers each request of an agent with the next turn of a script. The
 * client keeps on as long as it is asked to use tools, so a script always ends.
 */
export async function startModelServer({ main, subagents = [] }: ModelScript): Promise<ModelServer> {
  const turns = { main: [...main], subagents: [...subagents] };
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const text = await bodyOf(request);
    if (request.method !== 'POST') return sendJson(response, {});
    if (pathname.endsWith('/count_tokens')) return sendJson(response, { input_tokens: 100 });
    if (!pathname.endsWith('/messages')) return sendJson(response, {});
    const body: MessagesBody = JSON.parse(text);
    const asked = requestOf(body, request.headers['x-claude-code-agent-id']);
    // Only an agent is given tools.
    if (asked.tools.length === 0) return sendReply(response, closingWords, body.stream === true);
    requests.push(asked);
    const speaker = asked.agentId === undefined ? turns.main : turns.subagents;
    const turn = speaker.shift() ?? closingWords;
    if (turn.afterMilliseconds !== undefined) await setTimeout(turn.afterMilliseconds);
    return sendReply(response, turn, body.stream === true);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The server has no port.');
  return {
    address: `http://127.0.0.1:${place.port}`,
    requests,
    left: () => turns.main.length + turns.subagents.length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function requestOf(body: MessagesBody, agentId: string | string[] | undefined): ModelRequest {
  const { model = '', system = '', messages = [], tools = [] } = body;
  return {
    model,
    agentId: typeof agentId === 'string' ? agentId : undefined,
    system: typeof system === 'string' ? system : system.map(({ text = '' }) => text).join('\n'),
    messages: JSON.stringify(messages),
    tools: tools.map(({ name }) => name),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
