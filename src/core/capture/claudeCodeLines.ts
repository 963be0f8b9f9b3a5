import * as z from 'zod/mini';

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
]);
const read: ReadonlySet<string> = new Set(['user', 'assistant', 'attachment', 'queue-operation']);

/** What to do with a line, judged by its `type` alone, before anything else of it is looked at. */
export function lineClass(type: unknown): 'read' | 'bookkeeping' | 'unknown' {
  if (typeof type !== 'string') return 'unknown';
  if (read.has(type)) return 'read';
  return bookkeeping.has(type) ? 'bookkeeping' : 'unknown';
}

// The format is not promised stable: a field of another shape counts as absent, it never fails the line.
const text = z.catch(z.optional(z.string()), undefined);
const flag = z.catch(z.optional(z.boolean()), undefined);

const lineSchema = z.object({
  type: z.string(),
  uuid: text,
  parentUuid: text,
  sessionId: text,
  timestamp: text,
  cwd: text,
  agentId: text,
  isSidechain: flag,
  isMeta: flag,
  isCompactSummary: flag,
  promptSource: text,
  toolDenialKind: text,
  origin: z.catch(z.optional(z.object({ kind: text })), undefined),
  message: z.catch(z.optional(z.object({ content: z.optional(z.unknown()), model: text })), undefined),
  toolUseResult: z.optional(z.unknown()),
  attachment: z.optional(z.unknown()),
  operation: text,
  content: z.optional(z.unknown()),
});
export type ClaudeCodeLine = z.infer<typeof lineSchema>;

const blockSchema = z.object({
  type: text,
  text: text,
  id: text,
  name: text,
  input: z.optional(z.unknown()),
  tool_use_id: text,
  is_error: flag,
  content: z.optional(z.unknown()),
});
export type Block = z.infer<typeof blockSchema>;

export function readLine(value: object): ClaudeCodeLine | undefined {
  const parsed = lineSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The blocks of a message's content, which is a string in some lines and a list of strings and blocks in others. */
export function blocksOf(content: unknown): readonly Block[] {
  if (typeof content === 'string') return [textBlock(content)];
  if (!Array.isArray(content)) return [];
  return content.flatMap((item) => {
    if (typeof item === 'string') return [textBlock(item)];
    const parsed = blockSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
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
