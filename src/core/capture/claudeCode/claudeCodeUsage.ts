import type { MessageTokens, MessageUsage } from '../correctionSource';
import type { Place } from '../traceBuilder';
import { type ClaudeCodeLine, isRecord } from './claudeCodeLines';

/** Tokens of one message: more than any model reads or writes at once. What is larger is no figure of the tool's. */
const mostTokens = 1_000_000_000;
/** Characters of an id that is kept. */
const longestId = 100;

/**
 * The message of the model that a line belongs to, and its tokens as far as that line tells; undefined for the tool's own stand-ins.
 * A message stands on several lines that share its id; some versions give each the output tokens of its beginning.
 */
export function messageUsage(line: ClaudeCodeLine, { lineId }: Place): MessageUsage | undefined {
  if (line.model === '<synthetic>') return undefined;
  const messageId = [line.messageId, line.requestId].find((id) => id !== undefined && id.length <= longestId);
  return { messageId: messageId ?? lineId, tokens: tokensIn(line.usage) };
}

/** Null where one of the figures is missing or is none. Without caching there are no figures of a cache. */
function tokensIn(usage: unknown): MessageTokens | null {
  if (!isRecord(usage)) return null;
  const figures = [
    usage['input_tokens'],
    usage['cache_creation_input_tokens'] ?? 0,
    usage['cache_read_input_tokens'] ?? 0,
    usage['output_tokens'],
  ].map((value) => (isTokens(value) ? value : undefined));
  const [input, cacheWrite, cacheRead, output] = figures;
  if (input === undefined || cacheWrite === undefined) return null;
  return cacheRead === undefined || output === undefined ? null : [input, cacheWrite, cacheRead, output];
}

function isTokens(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostTokens;
}
