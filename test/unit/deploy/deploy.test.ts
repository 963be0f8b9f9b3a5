import { describe, expect, it } from 'vitest';
import type { NewVersion } from '../../../src/core/templates/promptTemplateManager';
import { workbench } from '../support/workbench';

const path = 'CLAUDE.md';
const id = 'claude-md';
const base = '# A\r\n\r\n- one\r\n- two\r\n- three';

function version(
  number: string,
  parentVersion: string,
  text: string,
  more: Partial<NewVersion> = {},
): NewVersion {
  return {
    templateId: id,
    version: number,
    parentVersion,
    origin: 'improvement',
    status: 'approved',
    changeSummary: 'x',
    strategy: 'additive',
    hunkIds: ['h'],
    patternIds: ['p'],
    improvementId: 'imp-1',
    text,
    ...more,
  };
}

async function adopted(text = base) {
  const bench = workbench({ [path]: text });
  await bench.templates.adopt();
  return bench;
}

describe('deploying', () => {
  it('writes the newest accepted version byte for byte, keeps a backup and reads it back', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', `${base}\r\n- four`));
    expect(bench.promptFiles.text(path)).toBe(base);

    const deployment = await bench.templates.deploy(id, { reason: 'try it' });
    expect(deployment).toMatchObject({
      kind: 'deploy',
      fromVersion: '1.0.0',
      toVersion: '1.1.0',
      verified: true,
      reason: 'try it',
      target: path,
    });
    expect(bench.promptFiles.text(path)).toBe(`${base}\r\n- four`);
    expect(new TextDecoder().decode(bench.store.backups.get(deployment.backup ?? ''))).toBe(base);
    const { template, versions } = await bench.templates.history(id);
    expect(template.deployedVersion).toBe('1.1.0');
    expect(versions.map((each) => each.status)).toEqual(['active', 'deprecated']);
    expect(bench.audit.entries.map((each) => each.action)).toContain('template.deployed');
  });

  it('of the same content writes nothing and gives the last deployment', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'new\n'));
    const first = await bench.templates.deploy(id, {});
    const before = bench.store.snapshot();
    expect(await bench.templates.deploy(id, {})).toEqual(first);
    expect(bench.promptFiles.writes).toBe(1);
    expect(bench.store.snapshot()).toBe(before);
  });

  it('refuses a draft, an archived version, an unknown one, and a file that is not its own', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0-draft.1', '1.0.0', 'd\n', { status: 'draft' }));
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'a\n', { status: 'archived' }));
    const deploy = (number: string, target?: string) =>
      bench.templates.deploy(id, { version: number, ...(target ? { target } : {}) });
    await expect(deploy('1.1.0-draft.1')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await expect(deploy('1.1.0')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await expect(deploy('9.9.9')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deploy('1.0.0', '../../etc/x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(deploy('1.0.0', './CLAUDE.md')).resolves.toMatchObject({ kind: 'adopt' });
    expect(bench.promptFiles.writes).toBe(0);
  });

  it('refuses when the file changed under it, and then merges once the edit was recorded', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', `${base}\r\n- four`));
    const outside = base.replace('# A', '# A, as we call it');
    bench.promptFiles.set(path, outside);
    await expect(bench.templates.deploy(id, {})).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
      remedy: expect.stringContaining('Run init'),
    });
    expect(bench.promptFiles.text(path)).toBe(outside);

    await bench.templates.adopt();
    const deployment = await bench.templates.deploy(id, {});
    expect(deployment).toMatchObject({ fromVersion: '1.1.1', toVersion: '1.1.2' });
    expect(bench.promptFiles.text(path)).toBe(`${outside}\r\n- four`);
    const { version: merged } = await bench.templates.versionText(id, '1.1.2');
    expect(merged).toMatchObject({
      origin: 'merged',
      parentVersion: '1.1.1',
      hunkIds: ['h'],
      patternIds: ['p'],
    });
  });

  it('names the lines when both changed them, and leaves everything as it was', async () => {
    const bench = await adopted('one\ntwo\nthree\n');
    await bench.templates.addVersion(version('2.0.0', '1.0.0', 'one\nTWO\nthree\n'));
    bench.promptFiles.set(path, 'one\n2\nthree\n');
    await bench.templates.adopt();
    const before = bench.store.snapshot();
    await expect(bench.templates.deploy(id, { version: '2.0.0' })).rejects.toMatchObject({
      code: 'MERGE_CONFLICT',
      subject: `${path}:2`,
      message: expect.stringContaining('line 2'),
    });
    expect(bench.store.snapshot()).toBe(before);
    expect(bench.promptFiles.text(path)).toBe('one\n2\nthree\n');
  });

  it('says so when the file is gone', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'new\n'));
    bench.promptFiles.files.delete(path);
    await expect(bench.templates.deploy(id, {})).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
  });
});

describe('the gate', () => {
  const verdict = (name: 'reject' | 'inconclusive' | 'ship') => ({
    validation: { reportId: 'r1', verdict: name, tier: 'static' as const },
  });

  it('stops a rejected version unless a reason is given, which is recorded', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'worse\n', verdict('reject')));
    for (const override of [undefined, '', '  ']) {
      const options = override === undefined ? {} : { override };
      await expect(bench.templates.deploy(id, options)).rejects.toMatchObject({ code: 'REFUSED_BY_GATE' });
    }
    expect(bench.promptFiles.text(path)).toBe(base);
    const deployment = await bench.templates.deploy(id, { override: 'we want it' });
    expect(deployment.override).toBe('we want it');
  });

  it('also stops what is built upon a rejected version', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'worse\n', verdict('reject')));
    await bench.templates.addVersion(version('1.2.0', '1.1.0', 'worse\nmore\n', verdict('ship')));
    await expect(bench.templates.deploy(id, {})).rejects.toMatchObject({ code: 'REFUSED_BY_GATE' });
    await expect(bench.templates.rollback(id, { to: '1.1.0', reason: 'x' })).rejects.toMatchObject({
      code: 'REFUSED_BY_GATE',
    });
  });

  it('lets a person deploy without evidence, and records no override then', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'a\n', verdict('inconclusive')));
    expect(await bench.templates.deploy(id, { override: 'not needed' })).not.toHaveProperty('override');
    await bench.templates.addVersion(version('1.2.0', '1.1.0', 'b\n'));
    expect(await bench.templates.deploy(id, {})).toMatchObject({ toVersion: '1.2.0' });
  });
});

describe('a deployment that fails', () => {
  it('at whichever step leaves the file and the records as they were', async () => {
    const steps: string[] = [];
    for (let broken = 0; broken < 50; broken++) {
      const bench = await adopted();
      await bench.templates.addVersion(version('1.1.0', '1.0.0', `${base}\r\n- four`));
      bench.promptFiles.set(path, base.replace('# A', '# B'));
      await bench.templates.adopt();
      const before = bench.store.snapshot();
      let count = 0;
      const fault = (operation: string, subject: string) => {
        if (count++ !== broken) return;
        steps.push(`${operation} ${subject}`);
        throw new Error('no space left');
      };
      for (const port of [bench.store, bench.promptFiles, bench.audit]) port.fault = fault;
      const failed = await bench.templates.deploy(id, {}).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      expect(bench.promptFiles.text(path), steps.at(-1) ?? '').toBe(base.replace('# A', '# B'));
      expect(bench.store.snapshot(), steps.at(-1) ?? '').toBe(before);
    }
    expect(steps).toContain(`replace ${path}`);
    expect(steps).toContain('put templates/claude-md');
    expect(steps).toContain('audit template.deployed');
    expect(steps.filter((step) => step.startsWith('put deployments/'))).toHaveLength(1);
  });

  it('does not overwrite what another program wrote meanwhile', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'new\n'));
    bench.store.fault = (operation, subject) => {
      if (operation !== 'put' || !subject.startsWith('deployments/')) return;
      bench.promptFiles.set(path, 'theirs\n');
      throw new Error('no space left');
    };
    await expect(bench.templates.deploy(id, {})).rejects.toThrow('no space left');
    expect(bench.promptFiles.text(path)).toBe('theirs\n');
  });

  it('says what could not be taken back', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'new\n'));
    let replaced = 0;
    bench.promptFiles.fault = (operation) => {
      if (operation === 'replace' && ++replaced > 1) throw new Error('read-only now');
    };
    bench.store.fault = (operation, subject) => {
      if (operation === 'put' && subject.startsWith('deployments/')) throw new Error('no space left');
    };
    await expect(bench.templates.deploy(id, {})).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      subject: path,
      message: expect.stringContaining('no space left'),
    });
  });
});

describe('two deployments at once', () => {
  it('come one after the other', async () => {
    const bench = await adopted();
    await bench.templates.addVersion(version('1.1.0', '1.0.0', 'a\n'));
    await bench.templates.addVersion(version('1.2.0', '1.1.0', 'b\n'));
    await Promise.all([
      bench.templates.deploy(id, { version: '1.1.0' }),
      bench.templates.deploy(id, { version: '1.2.0' }),
    ]);
    const { events } = await bench.templates.history(id);
    expect(events.map((each) => each.toVersion)).toEqual(['1.2.0', '1.1.0', '1.0.0']);
    expect(bench.promptFiles.text(path)).toBe('b\n');
  });
});
