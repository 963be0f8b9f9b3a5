import { firstText, isRecord } from '../claudeCode/claudeCodeLines';

export type Fields = Readonly<Record<string, unknown>>;

/** What a line of a rollout holds, whichever version wrote it. */
export type CodexLine =
  | { readonly kind: 'session'; readonly fields: Fields }
  | { readonly kind: 'turn'; readonly fields: Fields }
  | { readonly kind: 'item'; readonly type: string; readonly fields: Fields }
  | { readonly kind: 'event'; readonly type: string; readonly fields: Fields }
  | { readonly kind: 'world'; readonly fields: Fields }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly name: string };

/** Line types that say nothing of a correction. */
const bookkeeping: ReadonlySet<string> = new Set([
  'compacted',
  'inter_agent_communication',
  'inter_agent_communication_metadata',
  'token_usage_record',
]);
const read: ReadonlySet<string> = new Set([
  'session_meta',
  'turn_context',
  'response_item',
  'event_msg',
  'world_state',
]);

/** Is this the `type` of a line that has a `payload`? */
export function isCodexType(type: unknown): boolean {
  return typeof type === 'string' && (read.has(type) || bookkeeping.has(type));
}

/** Items that are read; the others of the list say nothing of a correction. */
const items: ReadonlySet<string> = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'local_shell_call',
  'web_search_call',
  'image_generation_call',
  'tool_search_call',
  'tool_search_output',
  // Between agents, or of the context's own upkeep.
  'agent_message',
  'additional_tools',
  'compaction',
  'compaction_summary',
  'compaction_trigger',
  'context_compaction',
  'ghost_snapshot',
  'other',
]);

/** Events by name. Which of them a version writes down differs (`rollout/src/policy.rs`); these are known from `protocol.rs`. */
const events: ReadonlySet<string> = new Set([
  'user_message',
  'agent_message',
  'agent_reasoning',
  'agent_reasoning_raw_content',
  'agent_reasoning_section_break',
  'background_event',
  'context_compacted',
  'deprecation_notice',
  'entered_review_mode',
  'error',
  'exited_review_mode',
  'guardian_assessment',
  'guardian_warning',
  'model_reroute',
  'model_verification',
  'plan_update',
  'raw_response_item',
  'realtime_conversation_realtime',
  'realtime_conversation_sdp',
  'realtime_conversation_closed',
  'request_permissions',
  'request_user_input',
  'safety_buffering',
  'session_configured',
  'shutdown_complete',
  'stream_error',
  'sub_agent_activity',
  'task_complete',
  'terminal_interaction',
  'thread_rolled_back',
  'thread_settings_applied',
  'token_count',
  'turn_aborted',
  'turn_complete',
  'turn_diff',
  'turn_moderation_metadata',
  'view_image_tool_call',
  'warning',
]);
const eventFamilies = /_(?:begin|end|delta|started|completed|updated|request|response)$/;

/**
 * Reads the shape of a line. Since September 2025 a line is `{timestamp, type, payload}` (`RolloutLine` in
 * `codex-rs/protocol/src/protocol.rs`, later `codex-rs/history`); before that the first line is the session's metadata
 * `{id, timestamp, instructions}` and the others are bare items, with `{record_type: "state"}` between them.
 */
export function codexLine(value: Fields): CodexLine {
  const type = value['type'];
  const payload = value['payload'];
  if (!isRecord(payload)) return bareLine(value, type);
  if (typeof type !== 'string') return { kind: 'unknown', name: '(none)' };
  if (bookkeeping.has(type)) return { kind: 'nothing' };
  if (type === 'session_meta') return { kind: 'session', fields: payload };
  if (type === 'turn_context') return { kind: 'turn', fields: payload };
  if (type === 'world_state') return { kind: 'world', fields: payload };
  const inner = firstText(payload, ['type']) ?? '(none)';
  if (type === 'response_item' && items.has(inner)) return { kind: 'item', type: inner, fields: payload };
  if (type === 'event_msg' && (events.has(inner) || eventFamilies.test(inner))) {
    return { kind: 'event', type: inner, fields: payload };
  }
  return { kind: 'unknown', name: read.has(type) ? `${type}/${inner}` : type };
}

function bareLine(value: Fields, type: unknown): CodexLine {
  if (typeof type === 'string') {
    return items.has(type) ? { kind: 'item', type, fields: value } : { kind: 'unknown', name: type };
  }
  if (isBareSession(value)) return { kind: 'session', fields: value };
  return 'record_type' in value ? { kind: 'nothing' } : { kind: 'unknown', name: '(none)' };
}

/** The first line of a rollout before September 2025. */
export function isBareSession(value: Fields): boolean {
  const named = typeof value['id'] === 'string' && typeof value['timestamp'] === 'string';
  return named && !('type' in value) && ('instructions' in value || 'git' in value);
}

/** The texts of a message's content: of every part that has one, but for the reasoning. */
export function textParts(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => {
    if (typeof part === 'string') return [part];
    const text = firstText(part, ['text']);
    const isReasoning = isRecord(part) && part['type'] === 'reasoning';
    return text === undefined || isReasoning ? [] : [text];
  });
}
