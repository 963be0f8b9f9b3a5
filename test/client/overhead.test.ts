import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeLauncher } from '../../src/node/hookLauncher';
import { withHook } from '../../src/node/hookSettings';
import { makeClientWorld } from './clientWorld';
import { startModelServer } from './modelServer';
import { runClient } from './runClient';

const rounds = 7;
const rules = '# Rules\n\n- Be brief.\n';

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** One whole session of the client in a world of its own. Milliseconds, and whether a hook noted anything. */
async function session(hooked: boolean): Promise<{ readonly took: number; readonly noted: boolean }> {
  const settings = hooked ? { settings: JSON.parse(withHook(undefined, 'settings.json')) } : {};
  const world = makeClientWorld({ files: { 'CLAUDE.md': rules }, ...settings });
  onTestFinished(() => world.remove());
  mkdirSync(path.join(world.folder, '.claude-pm'));
  await writeLauncher(world.home, { script: path.resolve('dist/hook.js'), runtime: process.execPath });
  const model = await startModelServer({ main: [{ text: 'Hello.' }] });
  try {
    const started = performance.now();
    const { stdout } = await runClient(world, model.address, 'Write a parser');
    const took = performance.now() - started;
    expect(stdout).toContain('Hello.');
    return { took, noted: existsSync(path.join(world.folder, '.claude-pm/training/hook')) };
  } finally {
    await model.close();
  }
}

it('measures what the hooks add to a session of the client', async () => {
  const pairs: { readonly on: number; readonly off: number }[] = [];
  // The first session of a machine reads the program from the disk.
  await session(false);
  for (let round = 0; round < rounds; round += 1) {
    // Each comes first as often, so that what warms up or slows down meanwhile favours none.
    const first = await session(round % 2 === 0);
    const second = await session(round % 2 !== 0);
    const [on, off] = round % 2 === 0 ? [first, second] : [second, first];
    expect([on.noted, off.noted]).toEqual([true, false]);
    pairs.push({ on: on.took, off: off.took });
  }
  const overhead = pairs.map(({ on, off }) => on / off - 1);
  const [least, most] = [Math.min(...overhead), Math.max(...overhead)].map(
    (each) => `${(each * 100).toFixed(1)}%`,
  );
  console.log(
    [
      `\nThe real client with its hooks on and off, ${rounds} pairs of sessions`,
      `  off, median              ${median(pairs.map(({ off }) => off))
        .toFixed(0)
        .padStart(8)} ms`,
      `  on, median               ${median(pairs.map(({ on }) => on))
        .toFixed(0)
        .padStart(8)} ms`,
      `  overhead, median of pairs${`${(median(overhead) * 100).toFixed(1)}%`.padStart(9)}   (${least} to ${most}; target below 5%)`,
      '  The model of the test answers at once: in a session whose model thinks, the share is smaller.',
    ].join('\n'),
  );
}, 300_000);
