import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { StepFailed } from './steps.ts';

/** A long-lived program. It leads a process group, so that its own children end with it. */
export interface Service {
  /** The first match of `pattern` in its output. @throws StepFailed when it ends, or stays silent for too long */
  waitFor(pattern: RegExp, milliseconds: number): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}

const hasGroups = process.platform !== 'win32';
const patienceMilliseconds = 3000;
const groups = new Set<number>();

// Whatever ends this process, its services do not outlive it.
process.once('exit', () => {
  for (const leader of groups) signalGroup(leader, 'SIGKILL');
});

export function startService(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly logFile: string; readonly env?: NodeJS.ProcessEnv },
): Service {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: hasGroups,
  });
  const leader = child.pid;
  if (leader !== undefined) groups.add(leader);

  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });

  let output = '';
  const log = createWriteStream(options.logFile);
  const read = (chunk: Buffer) => {
    output += chunk;
    log.write(chunk);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);

  async function waitFor(pattern: RegExp, milliseconds: number): Promise<RegExpExecArray> {
    const deadline = Date.now() + milliseconds;
    while (running && Date.now() < deadline) {
      const match = pattern.exec(output);
      if (match) return match;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new StepFailed(
      `${path.basename(command)} ${running ? 'did not get ready' : 'ended'}:\n${output.slice(-2000)}`,
      `Read its log, ${options.logFile}, and try again.`,
    );
  }

  async function stop(): Promise<void> {
    if (leader === undefined) return;
    signalGroup(leader, 'SIGTERM');
    const impatience = setTimeout(() => signalGroup(leader, 'SIGKILL'), patienceMilliseconds);
    await ended;
    clearTimeout(impatience);
    // What stayed in the group without its leader.
    signalGroup(leader, 'SIGKILL');
    groups.delete(leader);
    log.end();
  }

  return { waitFor, stop };
}

function signalGroup(leader: number, name: NodeJS.Signals): void {
  try {
    // A negative id addresses the whole group.
    process.kill(hasGroups ? -leader : leader, name);
  } catch (error) {
    // No such process: it is gone already, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
