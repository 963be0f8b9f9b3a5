/** Line types of Claude Code's transcripts that carry no correction. Others than these and the four read ones are counted as unknown. */
const bookkeeping: ReadonlySet<string> = new Set([
  'system',
  'summary',
  'progress',
  'file-history-snapshot',
  'file-history-delta',
  'last-prompt',
  'ai-title',
  'custom-title',
  'api-request',
  'api-request-blob',
  'api-request-shape',
  'atis-latch',
  'cost-state',
  'tools-used',
  'mode',
  'permission-mode',
]);
const read: ReadonlySet<string> = new Set(['user', 'assistant', 'attachment', 'queue-operation']);

/** What to do with a line, judged by its `type` alone, before anything else of it is looked at. */
export function lineClass(type: unknown): 'read' | 'bookkeeping' | 'unknown' {
  if (typeof type !== 'string') return 'unknown';
  if (read.has(type)) return 'read';
  return bookkeeping.has(type) ? 'bookkeeping' : 'unknown';
}

/** The fields of a line that matter. The format is not promised stable: a field of another shape counts as absent. */
export interface ClaudeCodeLine {
  readonly type: string;
  readonly uuid: string | undefined;
  readonly parentUuid: string | undefined;
  readonly sessionId: string | undefined;
  readonly timestamp: string | undefined;
  readonly cwd: string | undefined;
  readonly agentId: string | undefined;
  readonly isSidechain: boolean;
  readonly isMeta: boolean;
  readonly isCompactSummary: boolean;
  readonly promptSource: string | undefined;
  readonly toolDenialKind: string | undefined;
  /** `permissionDecision.source`: who decided on a tool use. */
  readonly decidedBy: string | undefined;
  /** What a person typed while rejecting. */
  readonly userFeedback: string | undefined;
  readonly originKind: string | undefined;
  readonly requestId: string | undefined;
  readonly model: string | undefined;
  /** Of the message. */
  readonly messageId: string | undefined;
  /** Of the message. */
  readonly usage: unknown;
  /** Of the message. */
  readonly messageContent: unknown;
  readonly toolUseResult: unknown;
  readonly attachment: unknown;
  readonly operation: string | undefined;
  /** Of a queue operation. */
  readonly content: unknown;
}

/** One block of a message's content. */
export interface Block {
  readonly type?: string | undefined;
  readonly text?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly input?: unknown;
  readonly tool_use_id?: string | undefined;
  readonly is_error?: boolean;
  readonly content?: unknown;
}

/**
 * Does the line bear a type that carries no correction, so plainly that it need not be parsed? The first `"type"` is the
 * line's own when no object opens before it (quotes inside a string are escaped).
 */
export function isPlainlyBookkeeping(raw: string): boolean {
  const at = raw.indexOf('"type":"');
  if (at < 0 || !raw.endsWith('}')) return false;
  const opens = raw.indexOf('{', 1);
  if (opens >= 0 && opens < at) return false;
  return bookkeeping.has(raw.slice(at + 8, raw.indexOf('"', at + 8)));
}

// By hand and not by a schema: an import does this for every line, and a schema took as long as parsing the JSON.
export function readLine(value: Readonly<Record<string, unknown>>): ClaudeCodeLine | undefined {
  const type = value['type'];
  if (typeof type !== 'string') return undefined;
  const message = isRecord(value['message']) ? value['message'] : undefined;
  const decision = isRecord(value['permissionDecision']) ? value['permissionDecision'] : undefined;
  const origin = isRecord(value['origin']) ? value['origin'] : undefined;
  return {
    type,
    uuid: text(value['uuid']),
    parentUuid: text(value['parentUuid']),
    sessionId: text(value['sessionId']),
    timestamp: text(value['timestamp']),
    cwd: text(value['cwd']),
    agentId: text(value['agentId']),
    isSidechain: value['isSidechain'] === true,
    isMeta: value['isMeta'] === true,
    isCompactSummary: value['isCompactSummary'] === true,
    promptSource: text(value['promptSource']),
    toolDenialKind: text(value['toolDenialKind']),
    decidedBy: text(decision?.['source']),
    userFeedback: text(value['userFeedback']),
    originKind: text(origin?.['kind']),
    requestId: text(value['requestId']),
    model: text(message?.['model']),
    messageId: text(message?.['id']),
    usage: message?.['usage'],
    messageContent: message?.['content'],
    toolUseResult: value['toolUseResult'],
    attachment: value['attachment'],
    operation: text(value['operation']),
    content: value['content'],
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readBlock(value: Readonly<Record<string, unknown>>): Block {
  return {
    type: text(value['type']),
    text: text(value['text']),
    id: text(value['id']),
    name: text(value['name']),
    input: value['input'],
    tool_use_id: text(value['tool_use_id']),
    is_error: value['is_error'] === true,
    content: value['content'],
  };
}

/** The blocks of a message's content, which is a string in some lines and a list of strings and blocks in others. */
export function blocksOf(content: unknown): readonly Block[] {
  if (typeof content === 'string') return [textBlock(content)];
  if (!Array.isArray(content)) return [];
  return content.flatMap((item) => {
    if (typeof item === 'string') return [textBlock(item)];
    return isRecord(item) ? [readBlock(item)] : [];
  });
}

/** Plain text of a tool result: a string, or a list of text blocks. */
export function plainText(content: unknown): string {
  return blocksOf(content)
    .map((block) => block.text ?? '')
    .join('\n');
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these keys that holds a string. */
export function firstText(value: unknown, keys: readonly string[]): string | undefined {
  if (!isRecord(value)) return undefined;
  for (const key of keys) {
    const found = value[key];
    if (typeof found === 'string') return found;
  }
  return undefined;
}

function textBlock(value: string): Block {
  return { type: 'text', text: value };
}
