import { describe, expect, it } from 'vitest';
import { workbench } from '../support/workbench';

const reviewer = '.claude/agents/reviewer.md';
const id = 'claude-agents-reviewer';
const awkward = '\uFEFF---\r\nname: reviewer\r\n---\r\n# Rules\r\n- one\n- no last newline';

describe('adopting prompt files', () => {
  it('makes a template and version 1.0.0 of each, with its bytes exactly as they are', async () => {
    const bench = workbench({ [reviewer]: awkward, 'CLAUDE.md': '# Project\n' });
    const adoption = await bench.templates.adopt();

    expect(adoption.adopted).toEqual([id, 'claude-md']);
    expect(adoption.editedOutside).toEqual([]);
    const template = await bench.templates.get(id);
    expect(template).toMatchObject({
      templateType: 'agent_prompt',
      agentType: 'reviewer',
      path: reviewer,
      currentVersion: '1.0.0',
      deployedVersion: '1.0.0',
    });
    const { version, bytes, text } = await bench.templates.versionText(id, '1.0.0');
    expect(version).toMatchObject({
      origin: 'adopted',
      status: 'active',
      parentVersion: null,
      author: 'ada',
    });
    expect(bytes).toEqual(bench.promptFiles.files.get(reviewer));
    expect(text).toBe(awkward);
    expect((await bench.templates.get('claude-md')).templateType).toBe('system_prompt');
  });

  it('records the adoption as the first deployment, without a backup', async () => {
    const bench = workbench({ [reviewer]: awkward });
    await bench.templates.adopt();
    const { events } = await bench.templates.history(id);
    expect(events).toMatchObject([
      {
        kind: 'adopt',
        fromVersion: null,
        toVersion: '1.0.0',
        contentHashBefore: null,
        backup: null,
        verified: true,
      },
    ]);
  });

  it('changes nothing the second time', async () => {
    const bench = workbench({ [reviewer]: awkward });
    await bench.templates.adopt();
    const before = bench.store.snapshot();
    const again = await bench.templates.adopt();
    expect(again).toMatchObject({ adopted: [], editedOutside: [], skipped: [] });
    expect(again.templates).toHaveLength(1);
    expect(bench.store.snapshot()).toBe(before);
  });

  it('makes an outside edit a version of its own: a patch, live and current', async () => {
    const bench = workbench({ [reviewer]: 'one\n' });
    await bench.templates.adopt();
    bench.promptFiles.set(reviewer, 'one\ntwo\n');
    const adoption = await bench.templates.adopt();

    expect(adoption.editedOutside).toEqual([id]);
    expect(await bench.templates.get(id)).toMatchObject({
      currentVersion: '1.0.1',
      deployedVersion: '1.0.1',
    });
    const { versions, events } = await bench.templates.history(id);
    expect(versions).toMatchObject([
      { version: '1.0.1', parentVersion: '1.0.0', origin: 'edited-outside', status: 'active' },
      { version: '1.0.0', status: 'deprecated' },
    ]);
    expect(events[0]).toMatchObject({ kind: 'adopt', reason: 'edited outside', fromVersion: '1.0.0' });
    expect(await bench.store.get('comparisons', `${id}@1.0.0-to-1.0.1`)).toMatchObject({ linesAdded: 1 });
  });

  it('recognises the bytes of a version that there is, as after switching branches', async () => {
    const bench = workbench({ [reviewer]: 'one\n' });
    await bench.templates.adopt();
    bench.promptFiles.set(reviewer, 'two\n');
    await bench.templates.adopt();
    bench.promptFiles.set(reviewer, 'one\n');
    await bench.templates.adopt();
    const { template, versions } = await bench.templates.history(id);
    expect(versions.map((each) => each.version)).toEqual(['1.0.1', '1.0.0']);
    expect(template).toMatchObject({ deployedVersion: '1.0.0', currentVersion: '1.0.0' });
  });

  it('leaves an accepted version that waits for deployment the current one', async () => {
    const bench = workbench({ [reviewer]: 'one\n' });
    await bench.templates.adopt();
    await bench.templates.addVersion({
      templateId: id,
      version: '1.1.0',
      parentVersion: '1.0.0',
      origin: 'improvement',
      status: 'approved',
      changeSummary: 'x',
      strategy: 'additive',
      hunkIds: [],
      patternIds: [],
      text: 'one\nmore\n',
    });
    bench.promptFiles.set(reviewer, 'zero\none\n');
    await bench.templates.adopt();
    expect(await bench.templates.get(id)).toMatchObject({
      currentVersion: '1.1.0',
      deployedVersion: '1.1.1',
    });
  });

  it('follows an agent that was renamed in its file', async () => {
    const bench = workbench({ [reviewer]: 'one\n' });
    await bench.templates.adopt();
    bench.promptFiles.agentTypeOf = () => 'Critic';
    await bench.templates.adopt();
    expect(await bench.templates.forAgent('critic')).toMatchObject({ templateId: id, agentType: 'Critic' });
  });

  it('reports a file that is not UTF-8 with its line, and takes the others', async () => {
    const latin1 = Uint8Array.from([0x61, 0x0a, 0xe9, 0x0a]);
    const bench = workbench({ 'AGENTS.md': 'fine\n', [reviewer]: latin1 });
    const adoption = await bench.templates.adopt();
    expect(adoption.adopted).toEqual(['agents-md']);
    expect(adoption.skipped).toMatchObject([{ path: reviewer, line: 2 }]);
    expect(bench.promptFiles.files.get(reviewer)).toEqual(latin1);
  });

  it('never takes the place of a template whose record cannot be read', async () => {
    const bench = workbench({ [reviewer]: 'one\n' });
    bench.store.unreadable.push({ path: `templates/${id}.json`, line: 1, reason: 'cut off' });
    const adoption = await bench.templates.adopt();
    expect(adoption.adopted).toEqual([]);
    expect(adoption.skipped.map((each) => each.path)).toContain(reviewer);
    expect(await bench.store.get('templates', id)).toBeUndefined();
  });

  it('goes on where an adoption was interrupted, at whichever write', async () => {
    for (let broken = 0; broken < 4; broken++) {
      const bench = workbench({ [reviewer]: 'one\n' });
      let writes = 0;
      bench.store.fault = () => {
        if (writes++ === broken) throw new Error('disk full');
      };
      await expect(bench.templates.adopt()).rejects.toThrow('disk full');
      bench.store.fault = undefined;
      await bench.templates.adopt();
      const { template, versions } = await bench.templates.history(id);
      expect(template.deployedVersion).toBe('1.0.0');
      expect(versions).toHaveLength(1);
      await expect(bench.templates.rollback(id, { reason: 'x' })).rejects.toMatchObject({
        code: 'ILLEGAL_STATE',
      });
    }
  });
});
