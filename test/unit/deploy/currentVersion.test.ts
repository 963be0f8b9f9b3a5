import { describe, expect, it } from 'vitest';
import { hunk, propose, type Workbench, workbench } from '../support/workbench';

const file = 'CLAUDE.md';
const id = 'claude-md';
const original = '# Rules\n\n- One.\n';

/** A bench on which 1.1.0 was accepted. */
async function accepted(): Promise<Workbench> {
  const bench = workbench({ [file]: original });
  await bench.templates.adopt();
  await propose(bench, id, [hunk('h1', 3, '', '- Two.\n')]);
  await bench.review.accept('imp-1', {});
  return bench;
}

const current = async ({ templates }: Workbench) => (await templates.get(id)).currentVersion;
const text = async ({ promptFiles }: Workbench) => new TextDecoder().decode(await promptFiles.read(file));

describe('what a deployment writes by default', () => {
  it('is the newest accepted version', async () => {
    const bench = await accepted();
    expect(await current(bench)).toBe('1.1.0');
    expect((await bench.templates.deploy(id, {})).toVersion).toBe('1.1.0');
  });

  it('is never the older prompt once a version that was rolled back is deployed again', async () => {
    const bench = await accepted();
    await bench.templates.deploy(id, {});
    await bench.templates.rollback(id, { reason: 'a try' });
    expect(await current(bench)).toBe('1.0.0');
    const again = await bench.templates.deploy(id, { version: '1.1.0' });
    expect(await current(bench)).toBe('1.1.0');
    expect(await bench.templates.deploy(id, {})).toEqual(again);
    expect(await text(bench)).toContain('Two.');
  });

  it('is still the accepted version when only an outside edit was rolled back', async () => {
    const bench = await accepted();
    bench.promptFiles.set(file, `${original}- Mine.\n`);
    await bench.templates.adopt();
    await bench.templates.rollback(id, { reason: 'not meant' });
    expect(await current(bench)).toBe('1.1.0');
    expect((await bench.templates.deploy(id, {})).toVersion).toBe('1.1.0');
  });

  it('is the accepted version also when the process died before the template was written', async () => {
    const bench = await accepted();
    const template = await bench.store.get('templates', id);
    if (!template) throw new Error('there is no template');
    await bench.store.put('templates', { ...template, currentVersion: '1.0.0' });
    expect(await current(bench)).toBe('1.1.0');
    expect((await bench.templates.deploy(id, {})).toVersion).toBe('1.1.0');
  });
});

describe('the verdict that a version bears', () => {
  const validation = (verdict: 'ship' | 'reject') => ({ reportId: 'r1', verdict, tier: 'static' as const });
  const two = () => [hunk('h1', 2, '', '- Zero.\n'), hunk('h2', 3, '', '- Two.\n')];

  it('is the improvement’s when all of it was accepted as it was validated', async () => {
    const bench = workbench({ [file]: original });
    await bench.templates.adopt();
    await propose(bench, id, two(), { validation: validation('ship') });
    expect((await bench.review.accept('imp-1', {})).version.validation?.verdict).toBe('ship');
  });

  it('is none when only a part was accepted, or some of it edited', async () => {
    for (const options of [{ hunkIds: ['h1'] }, { edited: { h1: '- Nought.\n' } }]) {
      const bench = workbench({ [file]: original });
      await bench.templates.adopt();
      await propose(bench, id, two(), { validation: validation('ship') });
      expect((await bench.review.accept('imp-1', options)).version.validation).toBeUndefined();
    }
  });

  it('stays a refusal for a part of what was refused', async () => {
    const bench = workbench({ [file]: original });
    await bench.templates.adopt();
    await propose(bench, id, two(), { validation: validation('reject') });
    await bench.review.accept('imp-1', { hunkIds: ['h1'] });
    await bench.review.finish('imp-1');
    await expect(bench.templates.deploy(id, {})).rejects.toMatchObject({ code: 'REFUSED_BY_GATE' });
  });
});
