// Makes media/wordVectors.bin: see README.md.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const outfile = path.join(repository, 'out', 'training', 'distill.js');
buildSync({
  absWorkingDir: repository,
  entryPoints: ['test/training/vectors/distill.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const { status } = spawnSync(
  process.execPath,
  ['--max-old-space-size=8000', outfile, ...process.argv.slice(2)],
  { cwd: repository, stdio: 'inherit' },
);
process.exit(status ?? 1);
