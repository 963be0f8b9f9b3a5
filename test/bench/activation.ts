import { rmSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../harness/paths.ts';
import { announce, StepFailed } from '../harness/steps.ts';
import { runInExtensionHost } from '../harness/suites/extensionHost.ts';

const rounds = 5;
const limitMilliseconds = 50;

interface Activation {
  /** Milliseconds to load and activate the extension, and one that VS Code brings with it. */
  readonly ours: number;
  readonly builtIn: number;
}

/** Loads and activates the extension in fresh windows of the real VS Code, beside one of VS Code's own. */
export async function printActivation(): Promise<void> {
  announce(`Activating in ${rounds} fresh windows of VS Code`);
  const measured: Activation[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await activateOnce());
  const ours = median(measured.map((one) => one.ours));
  const builtIn = median(measured.map((one) => one.builtIn));
  console.log(`\nLoad and activate in VS Code, median of ${rounds}`);
  console.log(
    `  this extension               ${ours.toFixed(1).padStart(8)} ms (limit ${limitMilliseconds} ms)`,
  );
  console.log(`  VS Code's own references     ${builtIn.toFixed(1).padStart(8)} ms`);
  console.log(`  ratio                        ${(ours / builtIn).toFixed(2).padStart(8)}`);
}

async function activateOnce(): Promise<Activation> {
  // An empty folder: nothing activates the extension before it is measured.
  const folder = temporaryFolder('bench');
  try {
    const { lines } = await runInExtensionHost({
      name: 'bench',
      folder,
      tests: path.join('out', 'bench', 'activationProbe.js'),
    });
    const line = lines
      .map((text) => /^ACTIVATION (\{.*\})$/.exec(text)?.[1])
      .find((json) => json !== undefined);
    if (line === undefined) {
      throw new StepFailed(
        'The activation was not measured.',
        `Read test-results/bench.log:\n${lines.join('\n')}`,
      );
    }
    return JSON.parse(line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
