import { spawn } from 'node:child_process';
import path from 'node:path';
import { StepFailed } from './steps.ts';

interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Show its output as it comes. */
  readonly show?: boolean;
}

export interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever its exit status. Rejects when it cannot be started. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Windows runs a .cmd file only through its shell.
    shell: command.endsWith('.cmd'),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
    if (options.show) process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
    if (options.show) process.stderr.write(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? 1, stdout, stderr }));
  });
}

/** Runs a program that has to succeed, and gives its standard output. @throws StepFailed */
export async function runStep(
  command: string,
  args: readonly string[],
  options: ProgramOptions & { readonly remedy: string },
): Promise<string> {
  const what = [command, ...args].map((part) => path.basename(part)).join(' ');
  const { status, stdout, stderr } = await runProgram(command, args, options).catch((error: unknown) => {
    throw new StepFailed(`Could not run ${what}: ${String(error)}`, options.remedy, error);
  });
  if (status === 0) return stdout;
  const tail = options.show ? '' : `\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')}`;
  throw new StepFailed(`${what} ended with status ${status}.${tail}`, options.remedy);
}

/** Runs npm in a folder, under this very Node and as the npm that started us where there is one. @throws StepFailed */
export async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const quiet = [...args, '--prefix', cwd, '--no-audit', '--no-fund', '--loglevel', 'error'];
  const options = { cwd, remedy: 'Check that the npm registry can be reached (npm ping), then try again.' };
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) await runStep(process.execPath, [npm, ...quiet], options);
  else await runStep(process.platform === 'win32' ? 'npm.cmd' : 'npm', quiet, options);
}
