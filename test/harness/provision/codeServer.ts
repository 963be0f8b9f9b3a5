import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../paths.ts';
import { runNpm } from '../processes.ts';
import { announce, StepFailed } from '../steps.ts';

/** VS Code 1.139.1 as npm has it. Its shrinkwrap files lock everything below it; this locks the package itself. */
const version = '4.139.1';
const integrity =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Folder of a whole VS Code server and workbench, taken from the npm registry on first use (about 300 MB). */
export async function provisionCodeServer(): Promise<string> {
  const home = path.join(cacheFolder, 'vscode-server', version);
  const vscode = (folder: string) => path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const marker = path.join(home, 'provisioned');
  if (existsSync(marker)) return vscode(home);

  announce('Fetching the VS Code server from the npm registry (once, about 300 MB)');
  // Made aside and renamed when whole, so that an interrupted run leaves nothing half done.
  const partial = `${home}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    writeFileSync(
      path.join(partial, 'package.json'),
      JSON.stringify({ private: true, dependencies: { 'code-server': version } }),
    );
    // Install scripts would compile native modules, which a build machine may not be able to do. They can be missed.
    await runNpm(['install', '--ignore-scripts'], partial);
    checkIntegrity(partial);
    await runNpm(['install', '--omit=dev', '--ignore-scripts'], vscode(partial));
    writeFileSync(path.join(partial, 'provisioned'), `code-server ${version}\n`);
    rmSync(home, { recursive: true, force: true });
    renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return vscode(home);
}

function checkIntegrity(folder: string): void {
  const lock: { packages: Record<string, { integrity?: string }> } = JSON.parse(
    readFileSync(path.join(folder, 'package-lock.json'), 'utf8'),
  );
  const found = lock.packages['node_modules/code-server']?.integrity;
  if (found === integrity) return;
  throw new StepFailed(
    `code-server ${version} is not the package it was (${found ?? 'no integrity'}).`,
    'Do not use it; find out which registry or proxy gave it.',
  );
}
