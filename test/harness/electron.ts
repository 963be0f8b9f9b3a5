// `npm run test:electron`: the extension host suite in desktop VS Code, which @vscode/test-electron downloads.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from './build.ts';
import { repository } from './paths.ts';
import { copySample } from './sampleCopy.ts';
import { announce, runToEnd, StepFailed } from './steps.ts';
import { modelProvider } from './suites/extensionHost.ts';
import { hostTests } from './suites/hostSuite.ts';

async function testOnDesktop(): Promise<number> {
  await build('--tests');
  const folder = await copySample();
  announce('Running the suite in desktop VS Code');
  try {
    return await runTests({
      extensionDevelopmentPath: [repository, path.join(repository, modelProvider)],
      extensionTestsPath: path.join(repository, hostTests),
      launchArgs: [folder, '--disable-workspace-trust', '--skip-welcome', '--disable-extensions'],
    });
  } catch (error) {
    throw new StepFailed(
      `The suite did not pass in desktop VS Code: ${error instanceof Error ? error.message : String(error)}`,
      'Where VS Code cannot be downloaded, run the same suite in the served one: npm run test:host',
      error,
    );
  } finally {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

await runToEnd(testOnDesktop);
