import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyHookPlan, changesAnything, planHook } from '../../../src/node/captureHook';
import { temporaryFolder } from '../support/sampleWorkspace';

describe('the plan to install the hook', () => {
  it('writes nothing until it is applied, and then what it showed', async () => {
    const root = temporaryFolder();
    const plan = await planHook(root, 'person', 'install');
    expect(plan).toMatchObject({ shown: '.claude/settings.local.json', before: undefined });
    expect(existsSync(join(root, '.claude'))).toBe(false);
    await applyHookPlan(root, plan);
    expect(readFileSync(plan.file, 'utf8')).toBe(plan.after);
    expect(changesAnything(await planHook(root, 'person', 'install'))).toBe(false);
    const removal = await planHook(root, 'person', 'remove');
    await applyHookPlan(root, removal);
    expect(JSON.parse(readFileSync(plan.file, 'utf8'))).toEqual({});
  });

  it('goes into the shared settings where the team wants it', async () => {
    expect((await planHook(temporaryFolder(), 'team', 'install')).shown).toBe('.claude/settings.json');
  });

  it('is not applied to settings that changed meanwhile', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, '.claude'));
    const plan = await planHook(root, 'person', 'install');
    writeFileSync(plan.file, '{"model": "x"}');
    await expect(applyHookPlan(root, plan)).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
    expect(readFileSync(plan.file, 'utf8')).toBe('{"model": "x"}');
  });

  it('is not applied through a link that leads out of the workspace', async () => {
    const root = temporaryFolder();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(root, '.claude'));
    await expect(applyHookPlan(root, await planHook(root, 'person', 'install'))).rejects.toMatchObject({
      code: 'UNSAFE_NAME',
    });
  });
});
