import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { provisionClaudeCode } from '../harness/provision/claudeCode.ts';
import { type ClientWorld, clientEnvironment } from './clientWorld.ts';

export interface ClientEnd {
  /** `null` when it had to be killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClientProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<ClientEnd>;
  kill(): void;
}

/** A run takes about a second; one that takes so long hangs. */
const timeLimitMilliseconds = 30_000;
const hasGroups = process.platform !== 'win32';
const running = new Set<() => void>();

// Whatever ends the tests, no client outlives them.
process.once('exit', () => {
  for (const kill of running) kill();
});

/** Starts the real client in a world of its own, against a scripted model. It is killed with its children when the time is up. */
export async function startClient(
  world: ClientWorld,
  address: string,
  args: readonly string[],
): Promise<ClientProcess> {
  const program = await provisionClaudeCode();
  const child = spawn(program, args, {
    cwd: world.folder,
    env: clientEnvironment(world, address),
    stdio: ['pipe', 'pipe', 'pipe'],
    // It leads a group, so that what it starts ends with it.
    detached: hasGroups,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // A client that is gone does not read; its end tells why.
  child.stdin.on('error', () => undefined);

  const kill = () => killGroup(child);
  const limit = setTimeout(kill, timeLimitMilliseconds);
  running.add(kill);
  const ended = new Promise<ClientEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  }).finally(() => {
    clearTimeout(limit);
    kill();
    running.delete(kill);
  });
  return { child, ended, kill };
}

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    // A negative id addresses the whole group.
    process.kill(hasGroups ? -child.pid : child.pid, 'SIGKILL');
  } catch (error) {
    // No such process: it is gone already, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
