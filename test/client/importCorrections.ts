import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ImportSummary } from '../../src/core/capture/correctionCapture';
import type { Correction } from '../../src/core/model/correction';
import { repository } from '../harness/paths.ts';
import { runStep } from '../harness/processes.ts';
import type { ClientWorld } from './clientWorld.ts';

export interface Imported {
  readonly summary: ImportSummary;
  readonly corrections: readonly Correction[];
}

/** Imports a world's sessions through the built command line, as the person of that world would. @throws StepFailed */
export async function importCorrections(world: ClientWorld): Promise<Imported> {
  mkdirSync(path.join(world.folder, '.claude-pm'), { recursive: true });
  const summary = await command<ImportSummary>(world, 'import');
  const { corrections } = await command<{ corrections: readonly Correction[] }>(world, 'corrections');
  return { summary, corrections };
}

/** Takes the prompts of the world's folder under version. @throws StepFailed */
export async function adoptPrompts(world: ClientWorld): Promise<void> {
  await command(world, 'init');
}

/** What tests say of a correction: how it was made, about whom, and in which words. */
export async function correctionsOf(world: ClientWorld): Promise<readonly string[][]> {
  const { corrections } = await importCorrections(world);
  return corrections
    .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))
    .map(({ signal, agentType, userCorrection }) => [signal, agentType, userCorrection]);
}

async function command<T>(world: ClientWorld, name: string): Promise<T> {
  const script = path.join(repository, 'dist', 'cli.js');
  const stdout = await runStep(process.execPath, [script, name, '--json', '--workspace', world.folder], {
    cwd: world.folder,
    env: { ...process.env, HOME: world.home, USERPROFILE: world.home, CLAUDE_CONFIG_DIR: '' },
    remedy: 'Build it first: npm run build',
  });
  return JSON.parse(stdout);
}
