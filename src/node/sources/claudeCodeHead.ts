import { jsonOrUndefined } from '../../core/capture/claudeCode/claudeCodeAgents';
import { isRecord, lineClass } from '../../core/capture/claudeCode/claudeCodeLines';

/**
 * Is this the beginning of a Claude Code transcript? Yes when a line has one of its types and its way of naming a session or
 * a line; also when no whole line is JSON at all (a torn file, of which the bad lines are to be named). Codex, Copilot and
 * others write JSON lines too: theirs have other types, or a `payload`.
 */
export function looksLikeClaudeCode(head: string): boolean {
  let sawJson = false;
  for (const raw of head.split('\n')) {
    const value = jsonOrUndefined(raw.replace(/^\uFEFF/, '').trim());
    if (value === undefined) continue;
    sawJson = true;
    if (isRecord(value) && isOwn(value)) return true;
  }
  if (sawJson) return false;
  // The first line may be longer than what was read of the file.
  const first = head.split('\n', 1)[0] ?? '';
  if (!first.trimStart().startsWith('{')) return head.trim() !== '' && !looksLikeOtherText(first);
  return !first.includes('"payload"') || /"(?:isSidechain|parentUuid|leafUuid)"/.test(first);
}

function isOwn(value: Readonly<Record<string, unknown>>): boolean {
  if ('payload' in value || lineClass(value['type']) === 'unknown') return false;
  return ['sessionId', 'uuid', 'leafUuid', 'parentUuid', 'messageId'].some((key) => key in value);
}

/** A page or a program behind a wrong file name. */
function looksLikeOtherText(first: string): boolean {
  return /^\s*(?:<|#|\/\/|\[)/.test(first);
}
