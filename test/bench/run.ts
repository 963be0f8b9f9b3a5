// `npm run bench`: ratios within one run. Limits are printed beside the figures and never asserted.
import path from 'node:path';
import { build, packageExtension } from '../harness/build.ts';
import { repository } from '../harness/paths.ts';
import { runStep } from '../harness/processes.ts';
import { announce, runToEnd } from '../harness/steps.ts';
import { printActivation } from './activation.ts';
import { printAgentOverhead } from './agentOverhead.ts';
import { printSizes } from './sizes.ts';

async function bench(): Promise<number> {
  await build('--bench');
  const vsix = await packageExtension();
  printSizes(vsix);
  announce('Measuring the engine');
  await runStep(process.execPath, [path.join(repository, 'out', 'bench', 'engine.js')], {
    cwd: repository,
    show: true,
    remedy: 'Read the error above.',
  });
  await printActivation(vsix);
  // Last: it needs the client, which is fetched on first use.
  await printAgentOverhead();
  return 0;
}

await runToEnd(bench);
