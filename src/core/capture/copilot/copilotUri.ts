import { firstText, isRecord } from '../claudeCode/claudeCodeLines';

/** Schemes under which a path is that of a file: here, on a remote machine, or of the notebook that holds a cell. */
const fileSchemes: ReadonlySet<string> = new Set(['file', 'vscode-remote', 'vscode-notebook-cell']);
const longestPath = 4096;

/**
 * The file that a URI names, as VS Code stores one: a text, or `{ scheme, path, fsPath? }` (`UriComponents` in
 * `src/vs/base/common/uri.ts`); also that of a location, which has it in `uri`. What is no file keeps its scheme:
 * `untitled:Untitled-1`. Undefined for no URI.
 */
export function filePathOf(value: unknown): string | undefined {
  const found = typeof value === 'string' ? fromText(value) : fromComponents(value);
  return found === undefined || found === '' ? undefined : found.slice(0, longestPath);
}

function fromText(uri: string): string | undefined {
  const [, scheme, authority = '', path] = /^([a-z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri) ?? [];
  if (scheme === undefined || path === undefined) return undefined;
  return pathIn(scheme.toLowerCase(), decoded(authority), decoded(path));
}

function fromComponents(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const scheme = firstText(value, ['scheme']);
  if (scheme === undefined) return isRecord(value['uri']) ? fromLocation(value['uri']) : undefined;
  const fsPath = scheme === 'file' ? firstText(value, ['fsPath']) : undefined;
  return fsPath ?? pathIn(scheme, firstText(value, ['authority']) ?? '', firstText(value, ['path']) ?? '');
}

function fromLocation(uri: Readonly<Record<string, unknown>>): string | undefined {
  return 'scheme' in uri ? fromComponents(uri) : undefined;
}

function pathIn(scheme: string, authority: string, path: string): string {
  if (!fileSchemes.has(scheme)) return `${scheme}:${path}`;
  if (scheme === 'file' && authority !== '') return `//${authority}${path}`;
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

/** As it is where the percent signs are not those of an encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
