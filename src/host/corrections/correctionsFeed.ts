import * as vscode from 'vscode';
import type { Correction } from '../../core/model/correction';
import type { Listing } from '../../core/ports';
import type { WorkspaceSession } from '../workspaceSession';

/**
 * The stored corrections as they were last read, apart from the session's snapshot: reading a long history must not hold
 * up the prompts, and they change while the prompts stay.
 */
export class CorrectionsFeed implements vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #reading: Promise<Listing<Correction> | undefined> | undefined;
  /** Lines that could not be read, as they were last told in the log. */
  #told = '';

  /** Something may have changed: read again. */
  readonly onDidChange = this.#changed.event;

  constructor(session: WorkspaceSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    this.#subscription = session.onDidChange(() => this.refresh());
  }

  /** Newest first; `undefined` without a folder or without records. */
  read(): Promise<Listing<Correction> | undefined> {
    const reading = this.#reading ?? this.#read();
    this.#reading = reading;
    // A failure must not stick: the person may have mended what was wrong.
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading;
  }

  async find(correctionId: string): Promise<Correction | undefined> {
    return (await this.read())?.records.find((one) => one.correctionId === correctionId);
  }

  refresh(): void {
    this.#reading = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<Listing<Correction> | undefined> {
    if (!(await this.#session.isInitialized())) return undefined;
    const { capture } = await this.#session.open();
    const { records, skipped } = await capture.list({});
    this.#tell(skipped.map(({ path, line, reason }) => `${path}:${line} ${reason}`));
    return { records: records.toReversed(), skipped };
  }

  #tell(unread: readonly string[]): void {
    const text = unread.join('\n');
    if (text !== this.#told) for (const one of unread) this.#log.warn(one);
    this.#told = text;
  }
}
