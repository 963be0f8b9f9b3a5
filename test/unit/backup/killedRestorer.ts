import { writeSync } from 'node:fs';
import { openWorkspace } from '../../../src/node/openWorkspace';

/*
 * A process that restores one archive after the other until it is killed, or kills itself before a step of the first one (0: never; it then
 * goes on). Arguments: workspace, home, identity, step, archives.
 */

const [root = '', home = '', identity = '', killAt = '0', ...archives] = process.argv.slice(2);
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function main(): Promise<void> {
  const backupSecrets = { passphrase: async () => undefined, identities: async () => [identity] };
  const workspace = await openWorkspace(root, { log: silent, home, backupSecrets });
  await workspace.recover();
  writeSync(1, 'ready\n');
  for (let round = 0; ; round += 1) {
    const archive = archives[round % archives.length];
    if (archive === undefined) throw new Error('Which archives?');
    let step = 0;
    const beforeStep = () => {
      step += 1;
      if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    };
    await workspace.backups.restore(archive, { scope: 'all', beforeStep });
    writeSync(1, 'done\n');
    if (Number(killAt) > 0) break;
  }
  await workspace.close();
}

void main();
