import { rmSync } from 'node:fs';
import path from 'node:path';
import { packagedExtension, repository } from './paths.ts';
import { runStep } from './processes.ts';
import { announce } from './steps.ts';

/** Builds the bundles as they are shipped. @throws StepFailed */
export async function build(...flags: ('--tests' | '--bench')[]): Promise<void> {
  announce('Building');
  await runStep(process.execPath, ['esbuild.js', '--production', ...flags], {
    cwd: repository,
    show: true,
    remedy: 'Correct what the compiler names, then run this command again.',
  });
}

/** Packs the built bundles and gives the path of the `.vsix`. @throws StepFailed */
export async function packageExtension(): Promise<string> {
  announce('Packaging the extension');
  const vsix = packagedExtension();
  rmSync(vsix, { force: true });
  const vsce = path.join(repository, 'node_modules', '@vscode', 'vsce', 'vsce');
  await runStep(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsix],
    { cwd: repository, remedy: 'Run npm run package and correct what it names.' },
  );
  return vsix;
}
