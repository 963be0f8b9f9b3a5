import path from 'node:path';
import { repository } from '../paths.ts';
import { runProgram } from '../processes.ts';
import { StepFailed } from '../steps.ts';

/** Runs one command of the built command line in a project and gives its JSON document. @throws StepFailed */
export type CommandLine = <T>(command: string, ...args: readonly string[]) => Promise<T>;

export function commandLineIn(folder: string): CommandLine {
  const script = path.join(repository, 'dist', 'cli.js');
  return async <T>(command: string, ...args: readonly string[]): Promise<T> => {
    const { status, stdout, stderr } = await runProgram(
      process.execPath,
      [script, command, ...args, '--json', '--workspace', folder],
      { cwd: folder },
    );
    const called = `claude-pm-prompts ${[command, ...args].join(' ')}`;
    if (status !== 0) {
      throw new StepFailed(
        `${called} ended with status ${status}:\n${stderr.trim()}`,
        `The project it ran on is kept in ${folder}; run the command there by hand.`,
      );
    }
    try {
      return JSON.parse(stdout);
    } catch (error) {
      throw new StepFailed(
        `${called} did not print one JSON document: ${stdout.slice(0, 200)}`,
        'Report this bug.',
        error,
      );
    }
  };
}
