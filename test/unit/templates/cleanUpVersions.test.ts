import { describe, expect, it } from 'vitest';
import { hunk, propose, workbench } from '../support/workbench';

/** 1.0.0 and 1.0.2 were live, 1.0.3 is; 1.0.1 was archived, and 1.0.4 waits on 1.0.3. */
async function history() {
  const bench = workbench({ 'CLAUDE.md': 'v0\n' });
  await bench.templates.adopt();
  const add = (number: string, parent: string, text: string) =>
    bench.templates.addVersion({
      templateId: 'claude-md',
      version: number,
      parentVersion: parent,
      origin: 'created',
      status: 'approved',
      changeSummary: number,
      strategy: null,
      hunkIds: [],
      patternIds: [],
      text,
    });
  await add('1.0.1', '1.0.0', 'v1\n');
  await bench.templates.changeVersion('claude-md', '1.0.1', { status: 'archived' });
  await add('1.0.2', '1.0.0', 'v2\n');
  await bench.templates.deploy('claude-md', {});
  await add('1.0.3', '1.0.2', 'v3\n');
  await bench.templates.deploy('claude-md', {});
  await add('1.0.4', '1.0.3', 'v4\n');
  return { ...bench, add };
}

const all = { keep: 1, days: 0 };

describe('cleaning up versions', () => {
  it('removes what no file held and nothing needs, with its text and comparisons', async () => {
    const { templates, store, audit } = await history();
    const plan = await templates.planCleanUp(all);
    expect(plan.removed.map(({ version }) => version)).toEqual(['1.0.1']);
    expect(Object.fromEntries(plan.kept.map(({ versionId, reason }) => [versionId, reason]))).toEqual({
      'claude-md@1.0.3': 'is deployed',
      'claude-md@1.0.2': expect.stringContaining('rolled back to'),
      'claude-md@1.0.0': expect.stringContaining('rolled back to'),
    });
    const texts = store.contents.size;
    expect(await templates.cleanUp(all)).toEqual(plan);
    expect(store.contents.size).toBe(texts - 1);
    expect((await store.list('comparisons')).records.filter(({ to }) => to === '1.0.1')).toEqual([]);
    expect(audit.entries.filter(({ action }) => action === 'version.removed')).toHaveLength(1);
    expect((await templates.cleanUp(all)).removed).toEqual([]);
    await templates.rollback('claude-md', { to: '1.0.0', reason: 'still there' });
  });

  it.each([
    ['keep: 5', { keep: 5, days: 0 }],
    ['days', { keep: 1, days: 1 }],
  ])('keeps what retention keeps: %s', async (_, retention) => {
    expect((await (await history()).templates.planCleanUp(retention)).removed).toEqual([]);
  });

  it('keeps what is tagged, and what an improvement builds on', async () => {
    const tagged = await history();
    await tagged.templates.changeVersion('claude-md', '1.0.1', { tag: ['keep'] });
    expect((await tagged.templates.planCleanUp(all)).removed).toEqual([]);
    const proposed = await history();
    await propose(proposed, 'claude-md', [hunk('a', 0, '', 'x\n')], { baseVersion: '1.0.1' });
    expect((await proposed.templates.planCleanUp(all)).removed).toEqual([]);
  });

  it('keeps a text that another record refers to', async () => {
    const { templates, store, add } = await history();
    await add('1.0.5', '1.0.4', 'v1\n');
    const plan = await templates.cleanUp(all);
    expect(plan.removed.map(({ version }) => version)).toEqual(['1.0.1']);
    expect(plan.contents).toEqual([]);
    expect((await templates.versionText('claude-md', '1.0.5')).text).toBe('v1\n');
    expect(store.contents.size).toBe(5);
  });

  it('removes all or nothing, and nothing beside a record that cannot be read', async () => {
    const { templates, store } = await history();
    const before = store.snapshot();
    const texts = store.contents.size;
    store.fault = (action, what) => {
      if (action === 'remove' && what.startsWith('comparisons/')) throw new Error('disk full');
    };
    await expect(templates.cleanUp(all)).rejects.toThrow('disk full');
    store.fault = undefined;
    expect(store.snapshot()).toEqual(before);
    expect(store.contents.size).toBe(texts);
    store.unreadable.push({ path: 'x.json', line: 3, reason: 'it is not valid JSON' });
    await expect(templates.cleanUp(all)).rejects.toMatchObject({
      code: 'RECORD_UNREADABLE',
      subject: 'x.json:3',
    });
  });
});

describe('a change that is described', () => {
  it('has its sections, similarity, tokens and risk', async () => {
    const bench = workbench({ 'CLAUDE.md': '# A\n\none\n\n# B\n\ntwo\n' });
    await bench.templates.adopt();
    const fields = { origin: 'created', status: 'approved', changeSummary: 'x', strategy: null } as const;
    await bench.templates.addVersion({
      ...fields,
      templateId: 'claude-md',
      version: '1.0.1',
      parentVersion: '1.0.0',
      hunkIds: [],
      patternIds: [],
      text: '# A\n\none\nmore\n\n# B\n\nthree\n',
    });
    const change = await bench.templates.describeChange('claude-md', '1.0.0', '1.0.1');
    expect(change.sections).toEqual([
      { section: 'A', linesAdded: 1, linesRemoved: 0 },
      { section: 'B', linesAdded: 1, linesRemoved: 1 },
    ]);
    expect(change.similarity).toBeCloseTo((2 * 6) / 15, 12);
    expect(change.risk.level).toBe('low');
    const same = await bench.templates.describeChange('claude-md', '1.0.0', '1.0.0');
    expect(same).toMatchObject({
      similarity: 1,
      tokenDelta: 0,
      sections: [],
      risk: { level: 'low', reasons: [] },
    });
  });
});
