import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import { filePathOf } from './copilotUri';

/** What `workspace.json` beside the chat sessions of a window says was open in it. */
export interface OpenedPlace {
  readonly folder: string | undefined;
  /** A `.code-workspace` file, which lists folders. */
  readonly workspaceFile: string | undefined;
}

/** Only places on this machine: a folder that was opened on a remote one has a URI of another scheme. */
export function openedPlace(value: unknown): OpenedPlace {
  if (!isRecord(value)) return { folder: undefined, workspaceFile: undefined };
  // `configuration` is the name in versions before 2020.
  return {
    folder: localFile(value['folder']),
    workspaceFile: localFile(firstText(value, ['workspace', 'configuration'])),
  };
}

function localFile(uri: unknown): string | undefined {
  return typeof uri === 'string' && /^file:/i.test(uri) ? filePathOf(uri) : undefined;
}

/**
 * The folders that a `.code-workspace` file lists, each a path (relative to the file) or a file URI as a path. It is JSON
 * with comments, so it is searched, not parsed.
 */
export function foldersListed(workspaceFile: string): readonly string[] {
  const list = /"folders"\s*:\s*\[((?:[^\]"]|"(?:[^"\\\n]|\\.)*")*)\]/.exec(workspaceFile)?.[1] ?? '';
  const folders: string[] = [];
  for (const [, key, raw = ''] of list.matchAll(/"(path|uri)"\s*:\s*"((?:[^"\\]|\\.)+)"/g)) {
    const text = raw.replace(/\\(["\\/])/g, '$1');
    const folder = key === 'uri' ? localFile(text) : text;
    if (folder !== undefined) folders.push(folder);
  }
  return folders;
}

/** Is `folder` the same place as `root`, or one that it lies in? Windows takes no notice of case. */
export function holds(folder: string, root: string, platform: string): boolean {
  const outer = plain(folder, platform);
  const inner = plain(root, platform);
  return outer === inner || inner.startsWith(`${outer}/`);
}

function plain(path: string, platform: string): string {
  const slashed = platform === 'win32' ? path.replaceAll('\\', '/').toLowerCase() : path;
  return slashed.replace(/\/+$/, '').normalize('NFC');
}
