import { unnamedSubagent } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { Fields } from './codexLines';

/** What the metadata at the beginning of a rollout tells of the session. */
export interface CodexSession {
  readonly id?: string | undefined;
  readonly cwd?: string | undefined;
  /** Agent type, where the session is a subagent's. */
  readonly subagent?: string | undefined;
  /** A program held the session (`codex exec`, or Codex as an MCP server): its messages are that program's. */
  readonly byProgram: boolean;
  /** Nobody could be asked: what reads as a person's denial is none. */
  readonly unattended: boolean;
  /**
   * It ran in a program of another maker. Several of those let MCP calls be denied without asking anybody, and the rollout
   * says "user rejected" all the same.
   */
  readonly hosted: boolean;
}

/**
 * Reads `SessionMeta` (`codex-rs/protocol/src/protocol.rs`). `id` is the thread's own, while `session_id` is that of the
 * thread at the root. `source` is a name (`cli`, `vscode`, `exec`, `mcp` …) or `{subagent}`, which again is a name
 * (`review`, `compact`) or `{thread_spawn: {agent_role, …}}` or `{other: "guardian"}`.
 */
export function codexSession(fields: Fields): CodexSession {
  const id = firstText(fields, ['id', 'session_id']);
  const cwd = firstText(fields, ['cwd']);
  const source = fields['source'];
  const subagent = subagentType(fields, source);
  // `codex exec` has nobody to ask: MCP calls that want approval come back as denied by the user.
  const unattended = source === 'exec' || fields['originator'] === 'codex_exec';
  return {
    unattended,
    byProgram: unattended || source === 'mcp',
    hosted: !/^codex/i.test(firstText(fields, ['originator']) ?? 'codex'),
    ...(id === undefined ? {} : { id }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(subagent === undefined ? {} : { subagent }),
  };
}

function subagentType(fields: Fields, source: unknown): string | undefined {
  const kind = isRecord(source) ? source['subagent'] : undefined;
  if (kind === undefined && fields['thread_source'] !== 'subagent') return undefined;
  if (typeof kind === 'string') return kind;
  const spawned = isRecord(kind) ? kind['thread_spawn'] : undefined;
  return (
    firstText(fields, ['agent_role', 'agent_type']) ??
    firstText(spawned, ['agent_role', 'agent_type']) ??
    firstText(kind, ['other']) ??
    unnamedSubagent
  );
}

/** Did this session begin as a copy of another? */
export function isForked(fields: Fields): boolean {
  return typeof fields['forked_from_id'] === 'string';
}

/** Of a turn's context: is a model asked for approvals, and not the person? Undefined where it is not told. */
export function asksModel(turn: Fields): boolean | undefined {
  const reviewer = firstText(turn, ['approvals_reviewer']);
  return reviewer === undefined ? undefined : reviewer !== 'user';
}

/**
 * The folder in the first context that the model is given; before September 2025 it stands nowhere else.
 * @param text of the message, or of its line
 */
export function environmentFolder(text: string): string | undefined {
  return (
    /<environment_context>(?:\\n|\s){0,9}<cwd>([^<"\\]{1,4096})<\/cwd>/.exec(text)?.[1] ??
    /<environment_context>(?:\\n|\s){0,9}Current working directory: ([^<"\\\n]{1,4096})(?:\\n|\n)/.exec(
      text,
    )?.[1]
  );
}
