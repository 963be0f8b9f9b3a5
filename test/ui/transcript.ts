import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** A session of Claude Code that goes on while the test runs, in the place where the sample's settings look for it. */
export class GoingSession {
  readonly file: string;
  #lines = 0;

  constructor(
    readonly folder: string,
    readonly sessionId: string,
  ) {
    this.file = path.join(folder, 'sessions', 'claude-code', `${sessionId}.jsonl`);
    mkdirSync(path.dirname(this.file), { recursive: true });
  }

  get lines(): number {
    return this.#lines;
  }

  human(content: unknown): void {
    this.#append('user', { role: 'user', content });
  }

  agent(...content: readonly unknown[]): void {
    this.#append('assistant', { role: 'assistant', model: 'm', content });
  }

  /** A command that the person turns down with these words. */
  rejection(command: string, words: string): void {
    const id = `tool-${this.#lines}`;
    this.agent({ type: 'tool_use', id, name: 'Bash', input: { command } });
    const reason = `The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). To tell you how to proceed, the user said:\n${words}`;
    this.human([{ type: 'tool_result', tool_use_id: id, content: reason, is_error: true }]);
  }

  #append(type: string, message: unknown): void {
    this.#lines += 1;
    const line = {
      type,
      uuid: `${this.sessionId}-${this.#lines}`,
      parentUuid: this.#lines === 1 ? null : `${this.sessionId}-${this.#lines - 1}`,
      sessionId: this.sessionId,
      timestamp: new Date().toISOString(),
      cwd: this.folder,
      isSidechain: false,
      version: '2.1.17',
      message,
    };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}
