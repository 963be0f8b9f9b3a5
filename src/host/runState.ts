import * as vscode from 'vscode';
import type { Progress } from '../core/progress';
import { setContext } from './contextKeys';

/** Whether a run goes on in this window, how far it is, and when the schedule runs next. */
export class RunState implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #progress: Progress | undefined;
  #running = false;
  #paused = false;
  #nextRun = '';

  readonly onDidChange = this.#changed.event;

  get running(): boolean {
    return this.#running;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** When the schedule runs next, as a sentence; empty without one. */
  get nextRun(): string {
    return this.#nextRun;
  }

  schedule(nextRun: string): void {
    if (nextRun === this.#nextRun) return;
    this.#nextRun = nextRun;
    this.#changed.fire();
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    setContext('paused', paused);
    this.#changed.fire();
  }

  start(): void {
    this.#running = true;
    setContext('running', true);
    this.#changed.fire();
  }

  report(progress: Progress): void {
    this.#progress = progress;
    this.#changed.fire();
  }

  end(): void {
    this.#running = false;
    this.#paused = false;
    this.#progress = undefined;
    setContext('running', false);
    setContext('paused', false);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
