import { writeSync } from 'node:fs';
import { openWorkspace } from '../../../src/node/openWorkspace';

/*
 * A process that deploys to three files and rolls back until it is killed, or `rounds` times. Arguments: workspace, home, rounds (0: for ever).
 */

const [root = '', home = '', rounds = '0'] = process.argv.slice(2);
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
async function main(): Promise<void> {
  const workspace = await openWorkspace(root, { log: silent, home });
  await workspace.recover();
  writeSync(1, 'ready\n');
  const last = Number(rounds) === 0 ? Number.POSITIVE_INFINITY : Number(rounds);
  for (let round = 0; round < last; round += 1) {
    // Another process may have done the same step first.
    for (const step of [
      () => workspace.templates.rollOut('shared', { agents: ['qa', 'ops'], targets: ['prompts/new.md'] }),
      () => workspace.templates.rollBack('shared', { reason: 'x' }),
    ]) {
      try {
        await step();
        writeSync(1, 'done\n');
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'ILLEGAL_STATE') throw error;
      }
    }
  }
  await workspace.close();
}

void main();
