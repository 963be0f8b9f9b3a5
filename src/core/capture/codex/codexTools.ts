import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { Fields } from './codexLines';
import { filesOfPatch, inFolder, patchIn } from './codexPatch';

/** A call of a tool. */
export interface CodexCall {
  /** '' for tools whose result has no line of its own. */
  readonly callId: string;
  readonly name: string;
  readonly excerpt: string;
  readonly file?: string;
  /** The patch that it is to apply, and the folder to which its paths are relative. */
  readonly patch?: { readonly text: string; readonly folder?: string };
}

/** A tool's excerpt is for a reader; more than this is never shown. Characters. */
const excerptLimit = 2000;
const excerptKeys = [
  'cmd',
  'command',
  'input',
  'patch',
  'prompt',
  'message',
  'query',
  'chars',
  'explanation',
  'code',
  'url',
  'task_name',
];
const fileKeys = ['file_path', 'path', 'filename'];
/** Calls without a `name`, and what stands for it. */
const unnamed: Readonly<Record<string, string>> = {
  local_shell_call: 'local_shell',
  web_search_call: 'web_search',
  image_generation_call: 'image_generation',
  tool_search_call: 'tool_search',
};

/** Is this item a call of a tool? */
export function isCall(type: string): boolean {
  return type in unnamed || type === 'function_call' || type === 'custom_tool_call';
}

/** @param folder in which the turn works */
export function codexCall(type: string, fields: Fields, folder: string | undefined): CodexCall {
  const input = inputOf(type, fields);
  const text = typeof input === 'string' ? input : (commandIn(input) ?? firstText(input, excerptKeys) ?? '');
  const where = firstText(input, ['workdir', 'working_directory']) ?? folder;
  const patch = patchIn(text);
  const named = firstText(input, fileKeys);
  const file = patch === undefined ? named : filesOfPatch(patch)[0]?.file;
  return {
    callId:
      firstText(fields, ['call_id']) ?? (type === 'local_shell_call' ? firstText(fields, ['id']) : '') ?? '',
    name: firstText(fields, ['name']) ?? unnamed[type] ?? '',
    excerpt: text.slice(0, excerptLimit),
    ...(file === undefined ? {} : { file: inFolder(where, file) }),
    ...(patch === undefined
      ? {}
      : { patch: { text: patch, ...(where === undefined ? {} : { folder: where }) } }),
  };
}

/** Arguments are JSON in a string; a custom tool's input is a text in no format. */
function inputOf(type: string, fields: Fields): unknown {
  if (type === 'local_shell_call' || type === 'web_search_call') return fields['action'];
  if (type === 'custom_tool_call') return fields['input'];
  const given = fields['arguments'];
  if (typeof given !== 'string') return given;
  const value = jsonOrUndefined(given);
  return isRecord(value) ? value : given;
}

/** The command line; of `["bash", "-lc", script]` the script, as it is what the agent wrote. */
function commandIn(input: unknown): string | undefined {
  if (!isRecord(input) || !Array.isArray(input['command'])) return undefined;
  const words = input['command'].filter((word) => typeof word === 'string');
  const runsScript = words.length === 3 && /^-l?c$|^-Command$/i.test(words[1] ?? '');
  return runsScript ? words[2] : words.join(' ');
}
