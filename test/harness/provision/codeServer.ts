import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../paths.ts';
import { runNpm } from '../processes.ts';
import { announce } from '../steps.ts';
import { checkIntegrity, fetchOnce } from './fetchOnce.ts';

/** VS Code 1.139.1 as npm has it. Its shrinkwrap files lock everything below it; this locks the package itself. */
const version = '4.139.1';
const integrity =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Folder of a whole VS Code server and workbench, taken from the npm registry on first use (about 300 MB). */
export async function provisionCodeServer(): Promise<string> {
  const home = path.join(cacheFolder, 'vscode-server', version);
  const vscode = (folder: string) => path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await fetchOnce(home, async (folder) => {
    announce('Fetching the VS Code server from the npm registry (once, about 300 MB)');
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: { 'code-server': version } }),
    );
    // Install scripts would compile native modules, which a build machine may not be able to do. They can be missed.
    await runNpm(['install', '--ignore-scripts'], folder);
    checkIntegrity(folder, 'code-server', integrity);
    await runNpm(['install', '--omit=dev', '--ignore-scripts'], vscode(folder));
  });
  return vscode(home);
}
