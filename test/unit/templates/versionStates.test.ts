import { describe, expect, it } from 'vitest';
import { type VersionStatus, versionStatusSchema } from '../../../src/core/model/template';
import { movesFrom, moveTo, moveToActive, moveToFormer } from '../../../src/core/templates/versionStates';
import { hunk, propose, workbench } from '../support/workbench';

const states = versionStatusSchema.options;
const allowed = new Set([
  'draft>testing',
  'draft>approved',
  'draft>archived',
  'testing>draft',
  'testing>approved',
  'testing>archived',
  'approved>testing',
  'approved>active',
  'approved>deprecated',
  'approved>archived',
  'active>deprecated',
  'deprecated>active',
  'deprecated>archived',
  'archived>deprecated',
]);
const pairs = states.flatMap((from) => states.filter((to) => to !== from).map((to) => ({ from, to })));
const at = (status: VersionStatus) => ({ versionId: 'a@1.0.0', version: '1.0.0', status });

describe('the states of a version', () => {
  it.each(pairs)('$from to $to is allowed exactly where the table says so', ({ from, to }) => {
    expect(movesFrom(from).includes(to)).toBe(allowed.has(`${from}>${to}`));
    if (allowed.has(`${from}>${to}`)) expect(moveTo(at(from), to).status).toBe(to);
    else expect(() => moveTo(at(from), to)).toThrowError(expect.objectContaining({ code: 'ILLEGAL_STATE' }));
  });

  it.each(states)('%s: what stands in a file becomes active, and deprecated afterwards', (status) => {
    expect(moveToActive(at(status)).status).toBe('active');
    expect(moveToFormer(at(status)).status).toBe('deprecated');
    expect(moveTo(at(status), status)).toEqual(at(status));
  });
});

const files = { 'CLAUDE.md': '# Rules\n\n- One.\n' };

async function twoVersions() {
  const bench = workbench(files);
  await bench.templates.adopt();
  await bench.templates.addVersion({
    templateId: 'claude-md',
    version: '1.1.0',
    parentVersion: '1.0.0',
    origin: 'created',
    status: 'approved',
    changeSummary: 'Say two',
    strategy: 'additive',
    hunkIds: [],
    patternIds: [],
    text: '# Rules\n\n- One.\n- Two.\n',
  });
  return bench;
}

describe('a version changed by hand', () => {
  it('has tags and notes, which stay through a deployment and a rollback', async () => {
    const { templates, clock } = await twoVersions();
    const changed = await templates.changeVersion('claude-md', '1.1.0', {
      tag: ['Keep', 'good', 'keep'],
      note: ' Liked. ',
    });
    expect(changed.tags).toEqual(['good', 'keep']);
    expect(changed.notes).toEqual([{ text: 'Liked.', author: 'ada', at: clock.now().toISOString() }]);
    await templates.deploy('claude-md', {});
    await templates.rollback('claude-md', { reason: 'x' });
    const { version } = await templates.versionText('claude-md', '1.1.0');
    expect(version).toMatchObject({
      status: 'deprecated',
      tags: ['good', 'keep'],
      notes: [{ text: 'Liked.' }],
    });
    expect((await templates.changeVersion('claude-md', '1.1.0', { untag: ['GOOD'] })).tags).toEqual(['keep']);
  });

  it('is deployed only when it is approved', async () => {
    const { templates, store } = await twoVersions();
    const recorded = async () => (await store.get('templates', 'claude-md'))?.currentVersion;
    await templates.changeVersion('claude-md', '1.1.0', { status: 'testing' });
    expect((await templates.get('claude-md')).currentVersion).toBe('1.0.0');
    expect(await recorded()).toBe('1.0.0');
    await expect(templates.deploy('claude-md', { version: '1.1.0' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await templates.changeVersion('claude-md', '1.1.0', { status: 'approved' });
    expect(await recorded()).toBe('1.1.0');
    expect(await templates.deploy('claude-md', {})).toMatchObject({ toVersion: '1.1.0' });
  });

  it.each([
    ['1.1.0', { status: 'active' }, 'ILLEGAL_STATE'],
    ['1.0.0', { status: 'deprecated' }, 'ILLEGAL_STATE'],
    ['1.0.0', { status: 'archived' }, 'ILLEGAL_STATE'],
    ['1.1.0', { tag: ['two words'] }, 'INVALID_INPUT'],
    ['1.1.0', { tag: ['../x'] }, 'INVALID_INPUT'],
    ['1.1.0', { note: '  ' }, 'INVALID_INPUT'],
    ['9.9.9', { note: 'x' }, 'NOT_FOUND'],
  ] as const)('%s is not changed by %j: %s', async (version, change, code) => {
    const { templates, store } = await twoVersions();
    const before = store.snapshot();
    await expect(templates.changeVersion('claude-md', version, change)).rejects.toMatchObject({ code });
    expect(store.snapshot()).toEqual(before);
  });

  it('that is the draft of an open review is approved by that review alone', async () => {
    const bench = workbench(files);
    await bench.templates.adopt();
    await propose(bench, 'claude-md', [
      hunk('a', 3, '', '- Two.\n'),
      hunk('b', 0, '# Rules\n', '# The rules\n'),
    ]);
    await bench.templates.addVersion({
      templateId: 'claude-md',
      version: '1.1.0-draft.1',
      parentVersion: '1.0.0',
      origin: 'improvement',
      status: 'draft',
      changeSummary: '1 of 2 hunks accepted',
      strategy: 'additive',
      improvementId: 'imp-1',
      hunkIds: ['a'],
      patternIds: [],
      text: 'x\n',
    });
    await expect(
      bench.templates.changeVersion('claude-md', '1.1.0-draft.1', { status: 'approved' }),
    ).rejects.toMatchObject({ code: 'ILLEGAL_STATE', message: expect.stringContaining('review') });
  });

  it('that is a draft of no review becomes a release with the same text', async () => {
    const { templates } = await twoVersions();
    await templates.addVersion({
      templateId: 'claude-md',
      version: '1.1.0-draft.1',
      parentVersion: '1.0.0',
      origin: 'created',
      status: 'draft',
      changeSummary: 'Say three',
      strategy: 'additive',
      hunkIds: [],
      patternIds: [],
      text: 'three\n',
    });
    const release = await templates.changeVersion('claude-md', '1.1.0-draft.1', { status: 'approved' });
    expect(release).toMatchObject({ version: '1.2.0', status: 'approved', parentVersion: '1.0.0' });
    expect((await templates.versionText('claude-md', '1.2.0')).text).toBe('three\n');
    expect((await templates.versionText('claude-md', '1.1.0-draft.1')).version.status).toBe('archived');
  });
});

describe('searching versions', () => {
  it('finds by every word, in facts and where asked for in the text', async () => {
    const { templates } = await twoVersions();
    await templates.changeVersion('claude-md', '1.1.0', { tag: ['shiny'], note: 'Ask Grace.' });
    const numbers = async (words: string, text = false) =>
      (await templates.searchVersions({ words, text })).records.map(({ version }) => version.version);
    expect(await numbers('')).toEqual(['1.1.0', '1.0.0']);
    expect(await numbers('SHINY grace')).toEqual(['1.1.0']);
    expect(await numbers('shiny adopted')).toEqual([]);
    expect(await numbers('two.')).toEqual([]);
    expect(await numbers('two.', true)).toEqual(['1.1.0']);
    expect(await numbers('two. shiny', true)).toEqual(['1.1.0']);
  });
});
