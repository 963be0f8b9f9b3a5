import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { afterAll } from 'vitest';

const root = join(import.meta.dirname, '../../..');

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  supported: { 'dynamic-import': false },
};

/** Bundles the thread of the analysis with the engine beside it, as the product has them, and gives its file. */
export async function buildAnalysisWorker(): Promise<string> {
  // Below the repository, where it finds the word vectors.
  const parent = join(root, 'out', 'unit');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'worker-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'analysisWorker.js');
  await build({
    ...options,
    entryPoints: [join(root, 'src/node/engine.ts')],
    outfile: join(folder, 'engine.js'),
  });
  await build({
    ...options,
    entryPoints: [join(root, 'src/node/analysisWorker.ts')],
    outfile: file,
    plugins: [
      {
        name: 'engine-beside',
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/node\/engine$/ }, () => ({ path: './engine.js', external: true })),
      },
    ],
  });
  return file;
}
