import * as vscode from 'vscode';
import type { Progress } from '../core/progress';
import { setContext } from './contextKeys';

/** Whether a run goes on in this window, and how far it is. */
export class RunState implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #progress: Progress | undefined;
  #running = false;

  readonly onDidChange = this.#changed.event;

  get running(): boolean {
    return this.#running;
  }

  get progress(): Progress | undefined {
    return this.#progress;
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
    this.#progress = undefined;
    setContext('running', false);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
