import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundles the command line as it stands and gives a function that runs it in a folder. */
export function buildCli(): (folder: string, args: readonly string[], input?: string) => Answer {
  // Below the repository, where it finds what it loads beside the bundles.
  const folder = join(root, 'out', 'unit');
  mkdirSync(folder, { recursive: true });
  const file = join(mkdtempSync(join(folder, 'cli-')), 'cli.cjs');
  buildSync({
    entryPoints: [join(root, 'src/cli/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // As the project's own build: its main entry is UMD, whose own `require` a bundler cannot follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  });
  return (folder, args, input = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      cwd: folder,
      input,
      encoding: 'utf8',
      env: { ...process.env, HOME: folder, USERPROFILE: folder, CLAUDE_CONFIG_DIR: '' },
    });
    return { status, stdout, stderr };
  };
}
