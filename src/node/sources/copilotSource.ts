import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { looksLikeCopilot, parseCopilot } from '../../core/capture/copilot/copilot';
import { foldersListed, holds, openedPlace } from '../../core/capture/copilot/copilotWorkspace';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import type { Skipped } from '../../core/ports';
import { readJson } from '../jsonText';
import { entriesOrSkip, errorCode, findTranscripts, unreadable } from './transcriptFiles';
import { openWholeTranscript } from './wholeTranscript';

export interface VsCodeEnvironment {
  readonly APPDATA?: string | undefined;
  readonly XDG_CONFIG_HOME?: string | undefined;
  readonly VSCODE_APPDATA?: string | undefined;
  readonly VSCODE_PORTABLE?: string | undefined;
}

const products = ['Code', 'Code - Insiders', 'VSCodium'];

/**
 * The `User` folders of VS Code and its variants (`src/vs/platform/environment/node/userDataPath.ts`). Chat sessions lie on
 * the machine that shows the window, also when the folder is on a remote one.
 */
export function vsCodeUserFolders(
  environment: VsCodeEnvironment,
  homeDirectory: string,
  platform: string,
): readonly string[] {
  const { APPDATA, XDG_CONFIG_HOME, VSCODE_APPDATA, VSCODE_PORTABLE } = environment;
  const usual: Readonly<Record<string, string>> = {
    win32: APPDATA || path.join(homeDirectory, 'AppData', 'Roaming'),
    darwin: path.join(homeDirectory, 'Library', 'Application Support'),
  };
  const data =
    VSCODE_APPDATA || (usual[platform] ?? (XDG_CONFIG_HOME || path.join(homeDirectory, '.config')));
  const portable = VSCODE_PORTABLE ? [path.join(VSCODE_PORTABLE, 'user-data', 'User')] : [];
  return [...portable, ...products.map((product) => path.join(data, product, 'User'))];
}

/** Chat sessions of Copilot Chat in VS Code: of windows that had this workspace open, or at any place that is given. */
export class CopilotSource implements CorrectionSource {
  readonly name = 'copilot';

  constructor(
    readonly root: string,
    readonly userFolders: readonly string[],
    readonly homeDirectory: string,
    readonly platform: string,
  ) {}

  async locate(place: string | undefined): Promise<Located> {
    if (place !== undefined) return sessionsAt(path.resolve(this.root, place), looksLikeCopilot);
    const skipped: Skipped[] = [];
    const folders = await this.#chatFolders(skipped);
    const located = await Promise.all(folders.map((folder) => sessionsAt(folder)));
    return {
      files: located.flatMap(({ files }) => files),
      skipped: [...skipped, ...located.flatMap((found) => found.skipped)],
      missing: located.every(({ missing }) => missing === true),
    };
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    return place === undefined ? this.#chatFolders([]) : [path.resolve(this.root, place)];
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    const isLog = path.extname(file).toLowerCase() === '.jsonl';
    return openWholeTranscript(this.root, file, from, (text, about) =>
      parseCopilot({ text, isLog, ...about }, readJson),
    );
  }

  async #chatFolders(skipped: Skipped[]): Promise<readonly string[]> {
    const roots = [...new Set([this.root, await realOr(this.root)])];
    const found: string[] = [];
    for (const user of this.userFolders) {
      const storage = path.join(user, 'workspaceStorage');
      for (const entry of await entriesOrSkip(storage, skipped)) {
        if (!entry.isDirectory()) continue;
        const folder = path.join(storage, entry.name);
        if (await this.#isOfHere(path.join(folder, 'workspace.json'), roots, skipped)) {
          found.push(path.join(folder, 'chatSessions'));
        }
      }
    }
    return found.sort();
  }

  async #isOfHere(file: string, roots: readonly string[], skipped: Skipped[]): Promise<boolean> {
    const text = await textOrSkip(file, skipped);
    if (text === undefined) return false;
    const reading = readJson(text);
    if (!reading.ok) {
      skipped.push({ path: file, line: reading.line, reason: reading.reason });
      return false;
    }
    const { folder, workspaceFile } = openedPlace(reading.value);
    const listed = workspaceFile === undefined ? undefined : await textOrSkip(workspaceFile, skipped);
    const folders = foldersListed(listed ?? '').map((name) =>
      path.resolve(path.dirname(workspaceFile ?? ''), name),
    );
    for (const opened of folder === undefined ? folders : [folder]) {
      // A window on the home directory, or above it, says nothing of this workspace.
      if (holds(opened, this.homeDirectory, this.platform) && !roots.includes(opened)) continue;
      const places = [opened, await realOr(opened)];
      if (roots.some((root) => places.some((one) => holds(one, root, this.platform)))) return true;
    }
    return false;
  }
}

/** Both shapes; of a session that has both, the log, which is the later one and the only one that VS Code then reads. */
async function sessionsAt(place: string, recognises?: (head: string) => boolean): Promise<Located> {
  const deep = recognises !== undefined;
  const search = { deep, ...(recognises && { recognises }) };
  const logs = await findTranscripts(place, { ...search, extension: '.jsonl' });
  const whole = await findTranscripts(place, { ...search, extension: '.json' });
  const known = new Set(logs.files);
  const files = [...logs.files, ...whole.files.filter((file) => !known.has(`${file}l`))].sort();
  // What may not be read was met by both.
  const skipped = [
    ...logs.skipped,
    ...whole.skipped.filter(({ path: one }) => !logs.skipped.some((other) => other.path === one)),
  ];
  return { files, skipped, missing: logs.missing === true };
}

async function realOr(place: string): Promise<string> {
  return realpath(place).catch(() => place);
}

/** Undefined when there is no such file; one that may not be read is in `skipped`. */
async function textOrSkip(file: string, skipped: Skipped[]): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) skipped.push(unreadable(file, error));
    return undefined;
  }
}
