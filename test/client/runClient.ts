import { type ClientEnd, startClient } from './clientProcess.ts';
import type { ClientWorld } from './clientWorld.ts';

/** One `claude -p`, from its start to its end. `args` are further options, such as `--continue`. */
export async function runClient(
  world: ClientWorld,
  address: string,
  prompt: string,
  ...args: readonly string[]
): Promise<ClientEnd> {
  const { child, ended } = await startClient(world, address, ['-p', prompt, ...args]);
  child.stdin.end();
  return ended;
}
