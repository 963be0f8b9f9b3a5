import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/*
 * Loaded by every hook call of an agent, and so without any library: what it does must take less than 50 ms. It keeps no
 * word of the conversation; those are read from the transcript later.
 */

/** Below `.claude-pm/`: one line for each session that was seen, and for each prompt file that was loaded. */
export const journalFolder = 'training/hook';
/** Below `.claude-pm/.cache/`: one file a session that holds its transcript's path; touched with every event. */
export const markersFolder = 'hook';

/** Longer file names than this are not asked for. */
export const safeSession = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
/** A prompt file is never larger; bytes. */
export const largestPrompt = 4 * 1024 * 1024;

interface Payload {
  readonly sessionId: string;
  readonly event: string;
  readonly transcript: string;
  readonly cwd: string;
  readonly file: string | undefined;
  readonly agentType: string | undefined;
  readonly loadReason: string | undefined;
}

/**
 * Notes one event of Claude Code's hooks for the workspace that it happened in. Outside of an initialised workspace, and for
 * an input that is no hook payload, it does nothing. What the file system refuses is thrown.
 * @param input the payload, as it came on standard input
 * @returns what was done, for a test
 */
export function noteHookEvent(
  input: string,
  at: Date,
  projectFolder: string | undefined,
): 'noted' | 'nothing' | 'no workspace' {
  const payload = readPayload(input);
  if (!payload) return 'nothing';
  const root = workspaceOf(projectFolder) ?? workspaceOf(payload.cwd);
  if (root === undefined) return 'no workspace';
  const known = touchMarker(root, payload, at);
  const loaded = payload.event === 'InstructionsLoaded' && payload.file !== undefined;
  if (known && !loaded) return 'noted';
  const entry = {
    schemaVersion: 1,
    at: at.toISOString(),
    event: payload.event,
    sessionId: payload.sessionId,
    transcript: payload.transcript,
    ...(payload.agentType === undefined ? {} : { agentType: payload.agentType }),
    ...(loaded && payload.file !== undefined ? loadedPrompt(payload.file, payload.loadReason) : {}),
  };
  const folder = path.join(root, '.claude-pm', journalFolder);
  mkdirSync(folder, { recursive: true });
  // One short line in one write to a file that was opened to append: two hooks at once do not mix.
  appendFileSync(path.join(folder, `${entry.at.slice(0, 7)}.hook.jsonl`), `${JSON.stringify(entry)}\n`);
  return 'noted';
}

function loadedPrompt(file: string, loadReason: string | undefined): object {
  const bytes = existsSync(file) ? readFileSync(file) : undefined;
  const hash =
    bytes && bytes.length <= largestPrompt ? createHash('sha256').update(bytes).digest('hex') : undefined;
  return {
    file,
    ...(hash === undefined ? {} : { contentHash: hash }),
    ...(loadReason === undefined ? {} : { loadReason }),
  };
}

/** Was the session seen before? Its marker is made, or touched, for who watches. */
function touchMarker(root: string, { sessionId, transcript }: Payload, at: Date): boolean {
  const folder = path.join(root, '.claude-pm', '.cache', markersFolder);
  const marker = path.join(folder, sessionId);
  if (existsSync(marker)) {
    utimesSync(marker, at, at);
    return true;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(marker, transcript);
  return false;
}

function readPayload(input: string): Payload | undefined {
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    // Not a payload: there is nothing to note, and the agent must not be bothered with it.
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  const text = (key: string) => {
    const field = fields.get(key);
    return typeof field === 'string' && field !== '' ? field : undefined;
  };
  const sessionId = text('session_id');
  const transcript = text('agent_transcript_path') ?? text('transcript_path');
  const event = text('hook_event_name');
  const cwd = text('cwd');
  if (sessionId === undefined || transcript === undefined || event === undefined || cwd === undefined)
    return undefined;
  if (!safeSession.test(sessionId) || transcript.includes('\n')) return undefined;
  return {
    sessionId,
    event,
    transcript,
    cwd,
    file: text('file_path'),
    agentType: text('agent_type'),
    loadReason: text('load_reason'),
  };
}

/** The nearest folder from here upwards that is initialised. */
export function workspaceOf(start: string | undefined): string | undefined {
  if (start === undefined || !path.isAbsolute(start)) return undefined;
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.claude-pm'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}
