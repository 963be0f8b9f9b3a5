import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Correction } from '../../../src/core/model/correction';
import { correctionsFolder, dataFolder } from '../../../src/host/ids';
import type { TreeNode } from '../../../src/host/tree/node';
import { eventually, extension, root } from './workspace';

/** Rows of the Corrections view as they are shown. */
export async function correctionRows(): Promise<readonly TreeNode[]> {
  const { corrections } = await extension().activate();
  return corrections.getChildren();
}

export function labelOf(node: TreeNode): string {
  return typeof node.label === 'string' ? node.label : (node.label?.label ?? '');
}

/** The row whose label holds `text`, once it is there. */
export function rowWith(text: string): Promise<TreeNode> {
  return eventually(`a row "${text}"`, async () =>
    (await correctionRows()).find((node) => labelOf(node).includes(text)),
  );
}

/** All stored lines of corrections, in any order: the last of one id holds. */
export async function storedCorrections(): Promise<ReadonlyMap<string, Correction>> {
  const folder = join(root(), dataFolder, correctionsFolder);
  const stored = new Map<string, Correction>();
  for (const name of await readdir(folder)) {
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) {
      if (line === '') continue;
      const correction: Correction = JSON.parse(line);
      stored.set(correction.correctionId, correction);
    }
  }
  return stored;
}

export async function storedCorrection(correctionId: string): Promise<Correction> {
  const found = (await storedCorrections()).get(correctionId);
  assert.ok(found, `${correctionId} is stored`);
  return found;
}

/** What the tooltip of a row says once the pointer rests on it. */
export async function tooltipOf(node: TreeNode): Promise<vscode.MarkdownString> {
  const { corrections } = await extension().activate();
  const { tooltip } = corrections.resolveTreeItem(new vscode.TreeItem(''), node);
  assert.ok(tooltip instanceof vscode.MarkdownString);
  return tooltip;
}

/** Claude Code's transcript of a session, below the place where this workspace's settings say that sessions are. */
export class Transcript {
  readonly path: string;
  #lines = 0;

  constructor(
    readonly sessionId: string,
    readonly place = `sessions/claude-code/${sessionId}.jsonl`,
  ) {
    this.path = join(root(), place);
  }

  get lines(): number {
    return this.#lines;
  }

  async human(content: unknown): Promise<void> {
    await this.#append('user', { role: 'user', content });
  }

  async agent(content: readonly unknown[]): Promise<void> {
    await this.#append('assistant', { role: 'assistant', model: 'm', content });
  }

  /** A tool use that the person turns down with these words. */
  async rejection(toolUseId: string, command: string, words: string): Promise<void> {
    await this.agent([{ type: 'tool_use', id: toolUseId, name: 'Bash', input: { command } }]);
    const reason = `The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). To tell you how to proceed, the user said:\n${words}`;
    await this.human([{ type: 'tool_result', tool_use_id: toolUseId, content: reason, is_error: true }]);
  }

  async #append(type: string, message: unknown): Promise<void> {
    this.#lines += 1;
    const line = {
      type,
      uuid: `${this.sessionId}-${this.#lines}`,
      parentUuid: this.#lines === 1 ? null : `${this.sessionId}-${this.#lines - 1}`,
      sessionId: this.sessionId,
      timestamp: new Date().toISOString(),
      cwd: root(),
      isSidechain: false,
      version: '2.1.17',
      message,
    };
    await mkdir(dirname(this.path), { recursive: true });
    await appendFile(this.path, `${JSON.stringify(line)}\n`);
  }
}
