import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { PipelineError } from '../core/errors';
import { type Configuration, configurationSchema } from '../core/model/configuration';
import { writeFileAtomically } from './atomicFile';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { isMissing, storageError, systemCode } from './errorsFromNode';
import { ensureFolder } from './folders';
import { decodeUtf8, readJson } from './jsonText';
import { describeIssue } from './schemaIssues';
import { withLock } from './workspaceLock';

export interface ConfigurationReading {
  readonly configuration: Configuration;
  /** Keys that nothing reads, each with its place; often a slip of the pen. */
  readonly warnings: readonly string[];
  /** Where `config.json` is, or would be. */
  readonly path: string;
}

const remedy = 'Correct the file and try again; until then nothing runs with it, and it is left as it is.';
/** `$schema` is for editors. */
const knownKeys = new Set(['$schema', ...Object.keys(configurationSchema.shape)]);

/**
 * Reads `config.json` below a `.claude-pm/` folder; defaults where there is none.
 * @throws PipelineError `INVALID_CONFIGURATION` with file, line and column, `PERMISSION_DENIED`, `STORAGE_FAILED`
 */
export async function readConfiguration(folder: string): Promise<ConfigurationReading> {
  const path = join(folder, 'config.json');
  const text = await readText(path);
  const raw = text === undefined ? {} : parseObject(text, path);
  const configuration = check(raw, text ?? '', path);
  const warnings = Object.keys(raw)
    .filter((key) => !knownKeys.has(key))
    .map((key) => `${placeOf(path, text ?? '', [key])}: the key "${key}" is not known and changes nothing.`);
  return { configuration, warnings, path };
}

/**
 * Changes some keys of `config.json`; all others, known or not, stay in their order.
 * @throws PipelineError as `readConfiguration`; a file that is not valid is never overwritten
 */
export async function writeConfiguration(
  folder: string,
  changes: Partial<Configuration>,
): Promise<Configuration> {
  const root = resolve(folder);
  const path = join(root, 'config.json');
  ensureCache(root);
  return withLock(workspaceLockPath(root), async () => {
    const text = await readText(path);
    const before = text === undefined ? {} : parseObject(text, path);
    check(before, text ?? '', path);
    const after = { ...before, ...changes };
    const newText = `${JSON.stringify(after, null, 2)}\n`;
    const configuration = check(after, newText, path);
    try {
      await ensureFolder(root);
      await writeFileAtomically(path, newText);
    } catch (cause) {
      throw storageError(cause, 'write', path);
    }
    return configuration;
  });
}

/** The nearest folder, `start` or one of its parents, that holds `.claude-pm/`. */
export async function findWorkspaceRoot(start: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (await isFolder(join(folder, '.claude-pm'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    const code = systemCode(cause);
    // A parent that may not be looked into does not hold this person's workspace.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return false;
    throw storageError(cause, 'look at', path);
  }
}

async function readText(path: string): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', path);
  }
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw new PipelineError('INVALID_CONFIGURATION', `${path} is not UTF-8 text.`, { subject: path, remedy });
}

function parseObject(text: string, path: string): Record<string, unknown> {
  const json = readJson(text);
  if (!json.ok) {
    const subject = `${path}:${json.line}:${json.column}`;
    throw new PipelineError('INVALID_CONFIGURATION', `${subject}: ${json.reason}.`, { subject, remedy });
  }
  const object = z.safeParse(z.record(z.string(), z.unknown()), json.value);
  if (object.success) return object.data;
  const subject = `${path}:1:1`;
  throw new PipelineError('INVALID_CONFIGURATION', `${subject}: it must hold one object, in { }.`, {
    subject,
    remedy,
  });
}

function check(raw: Record<string, unknown>, text: string, path: string): Configuration {
  const checked = z.safeParse(configurationSchema, raw);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const subject = placeOf(path, text, issue?.path ?? []);
  throw new PipelineError('INVALID_CONFIGURATION', `${subject}: ${describeIssue(issue)}.`, {
    subject,
    remedy,
  });
}

/** `path:line:column` of a key's value in JSON text (which YAML's parser reads with positions), the nearest parent's where it has none. */
function placeOf(path: string, text: string, keys: readonly PropertyKey[]): string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (let length = keys.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
      continue;
    const offset: unknown = node.range[0];
    if (typeof offset !== 'number') continue;
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  }
  return path;
}
