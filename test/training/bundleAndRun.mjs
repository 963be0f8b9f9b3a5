// Bundles a script of the training folder and runs it with the arguments given.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** Ends the process with the script's status. `entry` is relative to the repository; `flags` are Node's own. */
export function bundleAndRun(entry, flags = []) {
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const outfile = path.join(repository, 'out', 'training', `${path.basename(entry, '.ts')}.js`);
  buildSync({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  const { status } = spawnSync(process.execPath, [...flags, outfile, ...process.argv.slice(2)], {
    cwd: repository,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
