import { describe, expect, it } from 'vitest';
import { CanaryExperiments } from '../../../src/core/canary/canaryExperiments';
import { PromptTemplateManager } from '../../../src/core/templates/promptTemplateManager';
import { openCanaryPlace } from '../../../src/node/openCanaryPlace';
import type { Workspace } from '../../../src/node/openWorkspace';
import { agentId, contents, experimentBench, settingsPath, startOn } from './experimentBench';

/** The experiments of a workspace whose write number `failing` (from 1) fails, once; what fails it tells in `failed`. */
function failingAt({ root, ports, configuration }: Workspace, failing: number) {
  const state = { writes: 0, failed: '' };
  const guarded = <T extends object>(port: T, names: readonly string[]): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function' || !names.includes(String(name))) return value;
        return (...args: unknown[]) => {
          state.writes += 1;
          if (state.writes === failing) {
            state.failed = String(name);
            return Promise.reject(new Error('the disk is full'));
          }
          return Reflect.apply(value, target, args);
        };
      },
    });
  const faulty = {
    ...ports,
    store: guarded(ports.store, ['put', 'remove', 'putContent', 'backup']),
    promptFiles: guarded(ports.promptFiles, ['replace', 'remove']),
    audit: guarded(ports.audit, ['record']),
  };
  const templates = new PromptTemplateManager(faulty, configuration, 'ada');
  const canary = new CanaryExperiments(faulty, configuration, templates, openCanaryPlace(root));
  return { canary, state };
}

async function stateOf({ root, canary, templates }: Workspace) {
  const { template, events } = await templates.history(agentId);
  return {
    files: contents(root),
    experiments: (await canary.list()).records,
    template,
    events: events.length,
  };
}

const steps = {
  start: async (canary: CanaryExperiments) => canary.start(await canary.plan(agentId)),
  'set a stage': async (canary: CanaryExperiments, id: string) => canary.setStage(id, 1),
  promote: async (canary: CanaryExperiments, id: string) => canary.promote(id, { reason: 'x' }),
  end: async (canary: CanaryExperiments, id: string) => canary.end(id, { cause: 'request', reason: 'x' }),
};

describe.each(Object.entries(steps))('to %s', (name, step) => {
  // Another experiment shares the settings, so that there is most to take back.
  const prepare = async () => {
    const workspace = await experimentBench({ [settingsPath]: '{"model": "opus"}\n' });
    await startOn(workspace, 'claude-md');
    const id = name === 'start' ? '' : (await startOn(workspace, agentId)).experimentId;
    return { workspace, id };
  };

  it('leaves all as it was, whichever of its writes fails', async () => {
    const { workspace, id } = await prepare();
    const before = await stateOf(workspace);
    const seen = new Set<string>();
    for (let failing = 1; ; failing += 1) {
      const { canary, state } = failingAt(workspace, failing);
      const outcome = await step(canary, id).then(
        () => 'done',
        (error: unknown) => error,
      );
      if (outcome === 'done') break;
      seen.add(state.failed);
      expect(outcome).toMatchObject({ message: expect.stringContaining('the disk is full') });
      expect(await stateOf(workspace), `write ${failing}: ${state.failed}`).toEqual(before);
    }
    expect(await stateOf(workspace)).not.toEqual(before);
    expect(seen).toContain('put');
    expect(seen).toContain('record');
    if (name !== 'set a stage') expect(seen).toContain('replace');
  }, 120_000);
});
