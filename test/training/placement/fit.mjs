// Measures where rules are placed and fits the weights anew: see fit.ts.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const outfile = path.join(repository, 'out', 'training', 'placement.js');
buildSync({
  absWorkingDir: repository,
  entryPoints: ['test/training/placement/fit.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
  cwd: repository,
  stdio: 'inherit',
});
process.exit(status ?? 1);
