import * as vscode from 'vscode';
import type { CommandId } from '../ids';

/**
 * Commands that name their hunk in their id, for CodeLenses. A CodeLens whose command has arguments loses them the moment
 * VS Code asks for new lenses, though it is still shown for a while ("Actual command not found"): a quick second click
 * after a decision would fail. A command without arguments has nothing to lose.
 */
export class HunkCommands implements vscode.Disposable {
  readonly #registered = new Map<string, vscode.Disposable>();

  /** Id of the command that runs `command` for one hunk; registered on first use. */
  idFor(command: CommandId, improvementId: string, hunkId: string): string {
    const id = `${command}:${improvementId}/${hunkId}`;
    if (!this.#registered.has(id)) {
      const run = () => vscode.commands.executeCommand(command, { improvementId, hunkId });
      this.#registered.set(id, vscode.commands.registerCommand(id, run));
    }
    return id;
  }

  dispose(): void {
    for (const registration of this.#registered.values()) registration.dispose();
    this.#registered.clear();
  }
}
