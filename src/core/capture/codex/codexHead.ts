import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { isRecord } from '../claudeCode/claudeCodeLines';
import { codexLine, isBareSession, isCodexType } from './codexLines';
import { environmentFolder } from './codexSession';

/**
 * Is this the beginning of a Codex rollout? Its first line that is JSON decides: it has one of Codex's types and a `payload`
 * (other tools' lines have no `payload`), or is the metadata of an older one. A first line longer than what was read is
 * told by how it starts.
 */
export function looksLikeCodex(head: string): boolean {
  for (const raw of head.split('\n')) {
    const value = jsonOrUndefined(raw.replace(/^\uFEFF/, '').trim());
    if (!isRecord(value)) continue;
    return isRecord(value['payload']) ? isCodexType(value['type']) : isBareSession(value);
  }
  return /^\uFEFF?\s*\{[^{}]{0,200}"type"\s*:\s*"session_meta"/.test(head);
}

/**
 * The folder in which a session was held, from the beginning of its rollout; undefined where it is not told. The first
 * line holds the instructions too and may be longer than the beginning, but the folder stands before them.
 */
export function sessionFolder(head: string): string | undefined {
  const first = head.split('\n', 1)[0] ?? '';
  const value = jsonOrUndefined(first.replace(/^\uFEFF/, '').trim());
  if (isRecord(value)) {
    const line = codexLine(value);
    const cwd = line.kind === 'session' ? line.fields['cwd'] : undefined;
    return typeof cwd === 'string' ? cwd : environmentFolder(head);
  }
  const quoted = /^[^\n]{0,600}?"cwd"\s*:\s*("(?:[^"\\]|\\.){1,4096}")/.exec(first)?.[1];
  const cwd = quoted === undefined ? undefined : jsonOrUndefined(quoted);
  return typeof cwd === 'string' ? cwd : undefined;
}
