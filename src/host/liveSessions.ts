import * as vscode from 'vscode';
import type { ImportSummary } from '../core/capture/correctionCapture';
import type { LiveCapture } from '../node/liveCapture';
import { Away } from './away';
import type { CorrectionsFeed } from './corrections/correctionsFeed';
import type { WorkspaceCompanion, WorkspaceSession } from './workspaceSession';

/**
 * Follows the agents' sessions of the open folder while it is initialised, trusted, and `liveCapture` is on. Quiet: what
 * comes in shows in the view, what goes wrong in the log.
 */
export class LiveSessions implements WorkspaceCompanion, vscode.Disposable {
  readonly #session: WorkspaceSession;
  readonly #feed: CorrectionsFeed;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #read = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #capture: LiveCapture | undefined;
  #watching = false;
  /** The workspace was closed while it was followed: what is written until it is followed again was told by nobody. */
  #interrupted = false;
  /** One start or stop at a time. */
  #last: Promise<void> = Promise.resolve();
  #disposed = false;
  #catchingUp: AbortController | undefined;
  readonly #away = new Away();

  readonly onDidChange = this.#changed.event;
  /** Corrections came in. */
  readonly onDidRead = this.#read.event;

  constructor(session: WorkspaceSession, feed: CorrectionsFeed, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#feed = feed;
    this.#log = log;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#read,
      session.onDidChange(() => this.#update()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()),
      vscode.window.onDidChangeWindowState(({ focused }) => this.#onFocus(focused)),
    );
    session.attach(this);
  }

  /** New lines are read as they are written. */
  get watching(): boolean {
    return this.#watching;
  }

  /** Begins once the folder was read for the first time, so that nothing of this holds up a start of VS Code. */
  async startAfterFirstReading(): Promise<void> {
    try {
      await this.#session.snapshot();
    } catch (error) {
      // Who shows the snapshot tells the person why it cannot be read; without it there is nothing to follow.
      this.#log.debug(`Sessions are not followed: ${String(error)}`);
      return;
    }
    this.#update();
  }

  beforeClose(): Promise<void> {
    this.#catchingUp?.abort();
    return this.#enqueue(async () => {
      this.#interrupted ||= this.#capture !== undefined;
      await this.#stop();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscriptions.dispose();
  }

  #update(): void {
    void this.#enqueue(async () => {
      if (await this.#isWanted()) await this.#start();
      else await this.#stop();
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#log.warn(`Following the sessions: ${String(error)}`);
    });
    return this.#last;
  }

  async #isWanted(): Promise<boolean> {
    if (this.#disposed || !vscode.workspace.isTrusted || !(await this.#session.isInitialized())) return false;
    const { configuration, access } = await this.#session.open();
    return configuration.liveCapture && (await access.may('corrections.collect'));
  }

  async #start(): Promise<void> {
    if (this.#capture) return;
    const capture = (await this.#session.open()).liveCapture((summary) => this.#onRead(summary));
    this.#capture = capture;
    try {
      await capture.start();
    } catch (error) {
      await this.#stop();
      throw error;
    }
    this.#tell(true);
    if (this.#interrupted) await this.#catchUp();
    this.#interrupted = false;
  }

  async #stop(): Promise<void> {
    const capture = this.#capture;
    this.#capture = undefined;
    await capture?.stop();
    this.#tell(false);
  }

  #tell(watching: boolean): void {
    if (this.#watching === watching) return;
    this.#watching = watching;
    this.#log.info(watching ? 'Watching the sessions of the agents.' : 'The sessions are not watched now.');
    this.#changed.fire();
  }

  #onRead({ corrections }: ImportSummary): void {
    if (corrections.new === 0) return;
    this.#log.info(`${corrections.new} new in the sessions.`);
    this.#feed.refresh();
    this.#read.fire();
  }

  #onFocus(focused: boolean): void {
    const wasLong = this.#away.change(focused, Date.now());
    if (wasLong && this.#watching) void this.#enqueue(() => this.#catchUp());
  }

  /** What no watcher told of, as after a sleep. Whoever never imported is not surprised by a reading of everything. */
  async #catchUp(): Promise<void> {
    if (!this.#capture || !(await this.#session.snapshot())?.hasCorrections) return;
    const catchingUp = new AbortController();
    this.#catchingUp = catchingUp;
    try {
      const { capture } = await this.#session.open();
      this.#onRead(await capture.import({ signal: catchingUp.signal }));
    } finally {
      this.#catchingUp = undefined;
    }
  }
}
