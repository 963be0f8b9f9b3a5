import path from 'node:path';
import { repository } from '../harness/paths.ts';
import { runStep } from '../harness/processes.ts';
import { announce } from '../harness/steps.ts';

/** Share that the hooks add to a session of the real Claude Code client, hooks on over hooks off within one run. */
export async function printAgentOverhead(): Promise<void> {
  announce('Running the real client with its hooks on and off');
  const vitest = path.join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const config = path.join('test', 'client', 'vitest.config.ts');
  await runStep(process.execPath, [vitest, 'run', '--config', config, 'test/client/overhead.test.ts'], {
    cwd: repository,
    show: true,
    remedy: 'Read the error above; the client is fetched from the npm registry on first use.',
  });
}
