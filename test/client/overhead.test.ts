import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { writeLauncher } from '../../src/node/hookLauncher';
import { withHook } from '../../src/node/hookSettings';
import { makeClientWorld } from './clientWorld';
import { startModelServer } from './modelServer';
import { runClient } from './runClient';

/**
 * Milliseconds to the first word of an answer. In the 392 turns of the public Claude Code transcripts that this project was developed with, nine of
 * ten took longer (median 4.8 s); this is the quick end, where overhead weighs most.
 */
const quickAnswer = 2900;
const rules = '# Rules\n\n- Be brief.\n';

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** One whole session of the client in a world of its own. Milliseconds, and whether a hook noted anything. */
async function session(
  hooked: boolean,
  thinks: number,
): Promise<{ readonly took: number; readonly noted: boolean }> {
  const settings = hooked ? { settings: JSON.parse(withHook(undefined, 'settings.json')) } : {};
  const world = makeClientWorld({ files: { 'CLAUDE.md': rules }, ...settings });
  onTestFinished(() => world.remove());
  mkdirSync(path.join(world.folder, '.claude-pm'));
  await writeLauncher(world.home, { script: path.resolve('dist/hook.js'), runtime: process.execPath });
  const model = await startModelServer({ main: [{ text: 'Hello.', afterMilliseconds: thinks }] });
  try {
    const started = performance.now();
    const { stdout } = await runClient(world, model.address, 'Write a parser');
    const took = performance.now() - started;
    expect(stdout).toContain('Hello.');
    const noted = path.join(world.folder, '.claude-pm/training/hook');
    // It is written behind the client, which may have ended before; and the next session must not be measured beside it.
    if (hooked) await vi.waitFor(() => expect(existsSync(noted)).toBe(true), 10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { took, noted: existsSync(noted) };
  } finally {
    await model.close();
  }
}

interface Pair {
  readonly on: number;
  readonly off: number;
}

async function pairsOf(rounds: number, thinks: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Each comes first as often, so that what warms up or slows down meanwhile favours none.
    const first = await session(round % 2 === 0, thinks);
    const second = await session(round % 2 !== 0, thinks);
    const [on, off] = round % 2 === 0 ? [first, second] : [second, first];
    expect([on.noted, off.noted]).toEqual([true, false]);
    pairs.push({ on: on.took, off: off.took });
  }
  return pairs;
}

function print(title: string, pairs: readonly Pair[], bound = ''): void {
  const overhead = pairs.map(({ on, off }) => on / off - 1);
  const shown = (share: number) => `${(share * 100).toFixed(1)}%`;
  const range = `${shown(Math.min(...overhead))} to ${shown(Math.max(...overhead))}${bound}`;
  const row = (label: string, value: string, note = '') => `  ${label.padEnd(26)}${value.padStart(8)}${note}`;
  const ms = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;
  console.log(
    [
      `\nThe real client with its hooks on and off, ${title}, ${pairs.length} pairs of sessions`,
      row('off, median', ms(pairs.map(({ off }) => off))),
      row('on, median', ms(pairs.map(({ on }) => on))),
      row('added, median of pairs', ms(pairs.map(({ on, off }) => on - off))),
      row('overhead, median of pairs', shown(median(overhead)), `   (${range})`),
    ].join('\n'),
  );
}

it('measures what the hooks add to a session of the client', async () => {
  // The first session of a machine reads the program from the disk.
  await session(false, 0);
  print('a model that answers at once', await pairsOf(9, 0));
  const seconds = (quickAnswer / 1000).toFixed(1);
  print(`a model that answers after ${seconds} s`, await pairsOf(7, quickAnswer), '; target below 5%');
}, 300_000);
