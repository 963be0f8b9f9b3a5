import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One reply of the scripted model. */
export interface ModelTurn {
  readonly text?: string;
  /** Tools that it asks the client to use, all at once. */
  readonly tools?: readonly { readonly name: string; readonly input: Readonly<Record<string, unknown>> }[];
  /** Thinks so long before it speaks. */
  readonly afterMilliseconds?: number;
  /** Says its text and never comes to an end, so that it can only be interrupted. */
  readonly stalls?: boolean;
}

type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown };

const usage = { input_tokens: 10, output_tokens: 10 };

/** Answers as `POST /v1/messages` does: in server-sent events when the client streams, else in one document. */
export function sendReply(response: ServerResponse, turn: ModelTurn, streams: boolean): void {
  const blocks = blocksOf(turn);
  const stopReason = turn.tools?.length ? 'tool_use' : 'end_turn';
  const message = {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model: 'claude-scripted',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  if (!streams) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...message, content: blocks, stop_reason: stopReason }));
    return;
  }
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  send('message_start', { message });
  for (const [index, block] of blocks.entries()) {
    send('content_block_start', { index, content_block: emptied(block) });
    send('content_block_delta', { index, delta: deltaOf(block) });
    if (turn.stalls) return;
    send('content_block_stop', { index });
  }
  send('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage });
  send('message_stop', {});
  response.end();
}

function blocksOf({ text, tools = [] }: ModelTurn): readonly Block[] {
  return [
    ...(text === undefined ? [] : [{ type: 'text' as const, text }]),
    ...tools.map(({ name, input }) => ({
      type: 'tool_use' as const,
      id: `toolu_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      name,
      input,
    })),
  ];
}

function emptied(block: Block): Block {
  return block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} };
}

function deltaOf(block: Block): object {
  return block.type === 'text'
    ? { type: 'text_delta', text: block.text }
    : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
}
