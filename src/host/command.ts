import * as vscode from 'vscode';
import { PipelineError } from '../core/errors';
import { type CommandArguments, readArguments } from './commandArguments';
import type { Host } from './host';
import type { CommandId } from './ids';
import { codeOf, showError } from './showError';

export interface Command {
  readonly id: CommandId;
  /** Runs models, writes files or reads outside the workspace: not in Restricted Mode. */
  readonly needsTrust: boolean;
  /** `undefined` when the person changed their mind. What it returns is for callers of `executeCommand`. */
  run(host: Host, args: CommandArguments): Promise<unknown>;
}

/** What `executeCommand` gives back when a command could not do its work. The person has been told. */
export interface CommandFailure {
  readonly failed: string;
}

function requireTrust(command: Command): void {
  if (!command.needsTrust || vscode.workspace.isTrusted) return;
  throw new PipelineError('PERMISSION_DENIED', 'This folder is in Restricted Mode.', {
    subject: command.id,
    remedy: 'Trust the folder to go on; nothing was changed.',
  });
}

/** Registers a command, which is loaded when one first runs, so that its errors reach the person once, with the way to the log. */
export function registerCommand(host: Host, id: CommandId): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    try {
      const { commands } = await import('./commands/registry');
      const command = commands.find((one) => one.id === id);
      if (!command) throw new Error(`${id} is not a command of this extension.`);
      requireTrust(command);
      return await command.run(host, readArguments(argument));
    } catch (error) {
      showError(host.log, error);
      return { failed: codeOf(error) } satisfies CommandFailure;
    }
  });
}
