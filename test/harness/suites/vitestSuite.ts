import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { repository, resultsFolder } from '../paths.ts';
import { runProgram } from '../processes.ts';
import { crashed, type Outcome, vitestOutcome } from './outcome.ts';

/** Runs the tests of one vitest configuration; its report stays as `test-results/<name>.json`. */
export async function runVitest(name: string, config: string): Promise<Outcome> {
  mkdirSync(resultsFolder, { recursive: true });
  const report = path.join(resultsFolder, `${name}.json`);
  rmSync(report, { force: true });
  const vitest = path.join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = await runProgram(
    process.execPath,
    [
      vitest,
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    // Vite warns of a loader that it does not use yet.
    { cwd: repository, show: true, env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' } },
  );
  if (!existsSync(report)) return crashed(name);
  return vitestOutcome(name, JSON.parse(readFileSync(report, 'utf8')), status);
}
