import * as vscode from 'vscode';

/** The part of the built-in git extension's API, version 1, that is used here (`extensions/git/src/api/git.d.ts`). */
interface GitRepository {
  show(ref: string, path: string): Promise<string>;
}
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

function has<K extends string>(value: unknown, name: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}

function isApi(value: unknown): value is GitApi {
  return has(value, 'getRepository') && typeof value.getRepository === 'function';
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension('vscode.git');
  if (!extension) return undefined;
  const exports: unknown = await extension.activate();
  // Switched off by `git.enabled`, it has no API to give.
  if (!has(exports, 'enabled') || exports.enabled !== true) return undefined;
  if (!has(exports, 'getAPI') || typeof exports.getAPI !== 'function') return undefined;
  const api: unknown = exports.getAPI(1);
  return isApi(api) ? api : undefined;
}

/** The file as it was committed last; `undefined` where it is in no repository, or not in its last commit. */
export async function textAtHead(uri: vscode.Uri, log: vscode.LogOutputChannel): Promise<string | undefined> {
  if (uri.scheme !== 'file') return undefined;
  try {
    return await (await gitApi())?.getRepository(uri)?.show('HEAD', uri.fsPath);
  } catch (error) {
    // A new file, a repository without a commit: then there is nothing to compare with, which is no failure.
    log.debug(`git has no version of ${uri.fsPath}: ${String(error)}`);
    return undefined;
  }
}
