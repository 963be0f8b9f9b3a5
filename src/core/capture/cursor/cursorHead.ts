import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { isRecord } from '../claudeCode/claudeCodeLines';

/**
 * Is this the beginning of a Cursor transcript in JSON lines? The first line that is JSON decides: a `role` and a `message`
 * with content, without the ids and types that other tools' lines have, or the mark that a turn ended. A first line longer
 * than what was read is told by how it starts.
 */
export function looksLikeCursor(head: string): boolean {
  for (const raw of head.split('\n')) {
    const value = jsonOrUndefined(raw.replace(/^\uFEFF/, '').trim());
    if (isRecord(value)) return isCursorLine(value);
  }
  return /^\uFEFF?\s*\{"role":"(?:user|assistant)","message":\{"content":/.test(head);
}

function isCursorLine(value: Readonly<Record<string, unknown>>): boolean {
  if (value['type'] === 'turn_ended') return typeof value['status'] === 'string';
  const others = ['type', 'uuid', 'sessionId', 'parentUuid', 'payload'];
  if (others.some((key) => key in value) || !['user', 'assistant'].includes(String(value['role'])))
    return false;
  const message = value['message'];
  const content = isRecord(message) ? message['content'] : undefined;
  return typeof content === 'string' || Array.isArray(content);
}

/** Is this the beginning of an older Cursor transcript, which is a text? */
export function looksLikeCursorText(head: string): boolean {
  return /^\uFEFF?\s*user:[ \t]*\r?\n\s*<[a-z_]+>/.test(head);
}
