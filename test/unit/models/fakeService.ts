import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** One answer of the stand-in for a model's service. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the model says; wrapped as the protocol wants it. */
  readonly text?: string;
  /** Sent as it is, instead of `text`. */
  readonly body?: string;
  readonly afterMilliseconds?: number;
}

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeService {
  /** Base URL for the clients. */
  readonly url: string;
  readonly asked: readonly Asked[];
}

const tokens = { input: 120, output: 30 };

function wrapped(path: string, text: string): string {
  if (path.endsWith('/messages')) {
    const usage = { input_tokens: tokens.input, output_tokens: tokens.output };
    const content = [{ type: 'text', text }];
    return JSON.stringify({
      ...{ id: 'm1', type: 'message', role: 'assistant', model: 'm', content, usage },
      ...{ stop_reason: 'end_turn', stop_sequence: null },
    });
  }
  const usage = {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
  };
  const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
  return JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model: 'm', choices, usage });
}

/**
 * Speaks the Anthropic and the OpenAI protocol on this machine and gives the replies in their order, the last one again and again. It is
 * closed when the test ends.
 */
export async function startService(...replies: readonly Reply[]): Promise<FakeService> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = replies[Math.min(asked.length, replies.length - 1)] ?? {};
      const path = request.url ?? '';
      asked.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      void send(response, path, reply);
    });
  });
  async function send(response: ServerResponse, path: string, reply: Reply): Promise<void> {
    const { status = 200, headers = {}, text = '', body, afterMilliseconds } = reply;
    if (afterMilliseconds !== undefined) await delay(afterMilliseconds, undefined, { ref: false });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body ?? wrapped(path, text));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${place.port}/v1`, asked };
}
