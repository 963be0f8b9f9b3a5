import { rmSync } from 'node:fs';
import path from 'node:path';
import { provisionBrowser } from '../harness/provision/browser.ts';
import { copySample } from '../harness/sampleCopy.ts';
import { announce, StepFailed } from '../harness/steps.ts';
import { startVscodeServer } from '../harness/vscodeServer.ts';
import { openWorkbench } from '../harness/workbench/openWorkbench.ts';
import { runCommand } from '../harness/workbench/palette.ts';

const rounds = 5;
const limitMilliseconds = 50;
const ownName = 'Claude PM Prompts';
/** An extension of VS Code's own that starts in the same window, as a measure of the machine. */
const measureName = 'Merge Conflict';

/** Milliseconds by the name of the extension. */
type Activations = ReadonlyMap<string, number>;

/** Load-plus-activate time as VS Code itself measures it ("Show Running Extensions"), in windows of fresh servers. */
export async function printActivation(vsix: string): Promise<void> {
  announce(`Activating in ${rounds} fresh windows of VS Code`);
  const browser = await provisionBrowser();
  const measured: Activations[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await activateOnce(vsix, browser));
  const medianOf = (name: string) =>
    median(measured.map((activations) => activations.get(name) ?? Number.NaN));
  const own = medianOf(ownName);
  const measure = medianOf(measureName);
  console.log(`\nLoad and activate at the start of VS Code, by its own clock, median of ${rounds}`);
  console.log(`  ${ownName.padEnd(20)} ${own.toFixed(0).padStart(6)} ms (limit ${limitMilliseconds} ms)`);
  console.log(`  ${measureName.padEnd(20)} ${measure.toFixed(0).padStart(6)} ms (comes with VS Code)`);
  console.log(`  ratio                ${(own / measure).toFixed(2).padStart(6)}`);
}

async function activateOnce(vsix: string, browser: string): Promise<Activations> {
  const folder = await copySample();
  const server = await startVscodeServer({ vsix, name: 'bench' });
  try {
    const { page, close } = await openWorkbench(server, browser, { folder, name: 'bench' });
    // The list draws only the rows that are in sight.
    await page.setViewportSize({ width: 1440, height: 3000 });
    await runCommand(page, 'Developer: Show Running Extensions');
    const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
    for (const name of [ownName, measureName]) {
      await rows
        .filter({ hasText: name })
        .filter({ hasText: /Activation: \d+ms/ })
        .waitFor();
    }
    const texts = await rows.allTextContents();
    await close();
    return new Map([ownName, measureName].map((name) => [name, activationIn(texts, name)]));
  } finally {
    await server.stop();
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

function activationIn(rows: readonly string[], name: string): number {
  const row = rows.find((text) => text.startsWith(name)) ?? '';
  const time = /Activation: (\d+)ms/.exec(row)?.[1];
  if (time === undefined)
    throw new StepFailed(`VS Code shows no activation of ${name}.`, 'Read test-results.');
  return Number(time);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
