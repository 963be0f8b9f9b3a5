import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PipelineError } from '../core/errors';
import { findWorkspaceRoot } from '../node/configurationFile';
import { openWorkspace, type Workspace } from '../node/openWorkspace';
import { recoverOrTell } from '../node/recoverOrTell';
import { Output } from './output';

export interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Fixed time of the run; else the system's. */
  readonly now?: Date;
  readonly seed?: number;
}

/** What every command gets: its streams, the clock and seed asked for, and the workspace when it wants one. */
export class Cli {
  readonly output: Output;

  constructor(
    readonly options: GlobalOptions,
    readonly signal: AbortSignal,
    /** Name of the command that runs. */
    readonly command = '',
  ) {
    this.output = new Output(process.stdout, process.stderr, options.json ?? false, options.quiet ?? false);
  }

  /** Folder for `init`: the one asked for, else the nearest that is initialised, else this one. */
  async root(): Promise<string> {
    if (this.options.workspace !== undefined) return resolve(this.options.workspace);
    return (await findWorkspaceRoot(process.cwd())) ?? process.cwd();
  }

  /** Is there an initialised workspace to work on? */
  async hasWorkspace(): Promise<boolean> {
    const start = resolve(this.options.workspace ?? process.cwd());
    const root = await findWorkspaceRoot(start);
    return this.options.workspace === undefined ? root !== undefined : root === start;
  }

  /** Opens the workspace, does the work and releases it. @throws PipelineError NOT_FOUND without `.claude-pm/` */
  async withWorkspace<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const start = resolve(this.options.workspace ?? process.cwd());
    const root = await findWorkspaceRoot(start);
    const found = this.options.workspace === undefined ? root : root === start ? root : undefined;
    if (found === undefined) {
      throw new PipelineError('NOT_FOUND', 'There is no .claude-pm folder here or above.', {
        subject: start,
        remedy: 'Run "claude-pm-prompts init" in the project, or name it with --workspace.',
      });
    }
    return this.withRoot(found, work);
  }

  async withRoot<T>(root: string, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const { now, seed } = this.options;
    const workspace = await openWorkspace(root, {
      log: this.output.log(),
      face: 'cli',
      process: this.command === '' ? 'command-line' : `command-line ${this.command}`,
      ...(now ? { now } : {}),
      ...(seed === undefined ? {} : { seed }),
    });
    try {
      await recoverOrTell(workspace, (text) => this.output.note(`warning: ${text}`));
      return await work(workspace);
    } finally {
      await workspace.close();
    }
  }
}

/** Adds one command to the program. Each lives in a file of its own below `commands/`. */
export type Register = (program: Command, run: Runner) => void;

/** Wraps a command's work: makes its `Cli`, and turns a failure into an exit status. */
export type Runner = <A extends unknown[]>(
  work: (cli: Cli, ...args: A) => Promise<void>,
) => (...args: A) => Promise<void>;
