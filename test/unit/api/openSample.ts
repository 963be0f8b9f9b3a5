import { onTestFinished } from 'vitest';
import type { OpenPromptManager } from '../../../src/api/inputs';
import { openPromptManager } from '../../../src/api/openPromptManager';
import type { PromptManager } from '../../../src/api/promptManager';
import { copySample } from '../support/sampleWorkspace';

/** The library on a copy of the sample project, with a fixed clock and seed, and nothing of this machine's home. */
export async function openSample(options: Partial<OpenPromptManager> = {}): Promise<PromptManager> {
  const folder = options.folder ?? copySample();
  const manager = await openPromptManager({
    home: folder,
    now: new Date('2026-11-01T12:00:00.000Z'),
    seed: 7,
    ...options,
    folder,
  });
  onTestFinished(() => manager.close());
  return manager;
}
