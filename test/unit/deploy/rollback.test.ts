import { describe, expect, it } from 'vitest';
import type { Pattern } from '../../../src/core/model/pattern';
import { workbench } from '../support/workbench';

const path = '.claude/agents/qa.md';
const id = 'claude-agents-qa';
const original = '\uFEFF# QA\r\nno newline at the end';

/** 1.0.0 adopted, then 1.1.0 and 1.2.0 deployed one after the other. */
async function deployedTwice() {
  const bench = workbench({ [path]: original });
  await bench.templates.adopt();
  let parentVersion = '1.0.0';
  for (const [version, text] of [
    ['1.1.0', 'second\n'],
    ['1.2.0', 'third\n'],
  ] as const) {
    await bench.templates.addVersion({
      templateId: id,
      version,
      parentVersion,
      origin: 'improvement',
      status: 'approved',
      changeSummary: 'x',
      strategy: 'additive',
      hunkIds: [`h-${version}`],
      patternIds: [`p-${version}`],
      improvementId: `imp-${version}`,
      text,
    });
    await bench.templates.deploy(id, {});
    parentVersion = version;
  }
  return bench;
}

const pattern: Pattern = {
  schemaVersion: 1,
  patternId: 'p-1.2.0',
  title: 'x',
  agentType: 'qa',
  correctionType: 'content_correction',
  severity: 'low',
  support: { corrections: 3, sessions: 3, days: 3 },
  impact: 1,
  confidence: 0.8,
  confidenceParts: { recurrence: 1, coherence: 1 },
  trend: { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null },
  coverage: { state: 'missing' },
  exemplars: [],
  memberIds: ['c1', 'c2', 'c3'],
  terms: [],
  firstSeen: '2026-10-01T00:00:00Z',
  lastSeen: '2026-10-20T00:00:00Z',
};

describe('rolling back', () => {
  it('goes one deployment further back each time, down to the adopted bytes, and no further', async () => {
    const bench = await deployedTwice();
    const first = await bench.templates.rollback(id, { reason: 'worse' });
    expect(first).toMatchObject({
      kind: 'rollback',
      fromVersion: '1.2.0',
      toVersion: '1.1.0',
      reason: 'worse',
    });
    expect(bench.promptFiles.text(path)).toBe('second\n');
    await bench.templates.rollback(id, { reason: 'still worse' });
    expect(bench.promptFiles.text(path)).toBe(original);
    await expect(bench.templates.rollback(id, { reason: 'more' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });

    const { template, versions, events } = await bench.templates.history(id);
    expect(template).toMatchObject({ deployedVersion: '1.0.0', currentVersion: '1.0.0' });
    expect(versions.map((each) => each.status)).toEqual(['deprecated', 'deprecated', 'active']);
    expect(events.map((each) => each.kind)).toEqual(['rollback', 'rollback', 'deploy', 'deploy', 'adopt']);
  });

  it('goes to a named version; from there one further back is what was before that one', async () => {
    const bench = await deployedTwice();
    await bench.templates.rollback(id, { to: '1.0.0', reason: 'all of it' });
    expect(bench.promptFiles.text(path)).toBe(original);
    await expect(bench.templates.rollback(id, { reason: 'x' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await bench.templates.rollback(id, { to: '1.2.0', reason: 'it was good after all' });
    expect(bench.promptFiles.text(path)).toBe('third\n');
    await bench.templates.rollback(id, { reason: 'no' });
    expect(bench.promptFiles.text(path)).toBe(original);
  });

  it('goes back again after a new deployment', async () => {
    const bench = await deployedTwice();
    await bench.templates.rollback(id, { reason: 'a' });
    await bench.templates.deploy(id, { version: '1.2.0' });
    await bench.templates.rollback(id, { reason: 'b' });
    expect(bench.promptFiles.text(path)).toBe('second\n');
  });

  it('counts an outside edit as a state of its own', async () => {
    const bench = await deployedTwice();
    bench.promptFiles.set(path, 'by hand\n');
    await expect(bench.templates.rollback(id, { reason: 'x' })).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
      remedy: expect.stringContaining('Run init'),
    });
    await bench.templates.adopt();
    await bench.templates.rollback(id, { reason: 'x' });
    expect(bench.promptFiles.text(path)).toBe('third\n');
  });

  it.each(['', '   '])('needs a reason, not "%s"', async (reason) => {
    const bench = await deployedTwice();
    await expect(bench.templates.rollback(id, { reason })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('refuses what is live already and what is not there', async () => {
    const bench = await deployedTwice();
    const to = (version: string) => bench.templates.rollback(id, { to: version, reason: 'x' });
    await expect(to('1.2.0')).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await expect(to('7.0.0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('counts against the proposals, and keeps their patterns from coming back without new evidence', async () => {
    const bench = await deployedTwice();
    await bench.store.put('patterns', pattern);
    await bench.templates.rollback(id, { reason: 'worse' });
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({ rolledBack: 1 });
    expect(await bench.store.get('patternDecisions', 'p-1.2.0')).toMatchObject({
      state: 'rejected',
      improvementIds: ['imp-1.2.0'],
      memberIds: ['c1', 'c2', 'c3'],
    });
    expect(await bench.store.get('patternDecisions', 'p-1.1.0')).toBeUndefined();
    await bench.templates.rollback(id, { reason: 'worse' });
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({ rolledBack: 2 });
  });

  it('that is undone counts for the proposals again', async () => {
    const bench = await deployedTwice();
    await bench.store.put('patterns', pattern);
    const { rolloutId } = await bench.templates.rollBack(id, { reason: 'worse' });
    await bench.templates.undo(rolloutId ?? '', 'not worse after all');
    expect(bench.promptFiles.text(path)).toBe('third\n');
    expect(await bench.store.get('improvementMetrics', id)).toMatchObject({ rolledBack: 0 });
    expect(await bench.store.get('patternDecisions', 'p-1.2.0')).toMatchObject({ state: 'addressed' });
  });

  it('tells its impact beforehand and writes nothing then', async () => {
    const bench = await deployedTwice();
    const before = bench.store.snapshot();
    const impact = await bench.templates.rollbackImpact(id, '1.0.0');
    expect(impact).toMatchObject({
      from: '1.2.0',
      to: '1.0.0',
      agents: ['qa'],
      files: [path],
      comeBack: [{ patternId: 'p-1.1.0' }, { patternId: 'p-1.2.0' }],
      targets: [{ path, linesAdded: 2, linesRemoved: 1, tokenDelta: expect.any(Number) }],
    });
    expect(bench.store.snapshot()).toBe(before);
  });

  it('that fails at any step leaves everything as it was', async () => {
    const steps: string[] = [];
    for (let broken = 0; broken < 50; broken++) {
      const bench = await deployedTwice();
      const before = bench.store.snapshot();
      let count = 0;
      const fault = (operation: string, subject: string) => {
        if (count++ !== broken) return;
        steps.push(`${operation} ${subject}`);
        throw new Error('no space left');
      };
      for (const port of [bench.store, bench.promptFiles, bench.audit]) port.fault = fault;
      const failed = await bench.templates.rollback(id, { reason: 'x' }).then(
        () => false,
        () => true,
      );
      if (!failed) break;
      expect(bench.promptFiles.text(path), steps.at(-1) ?? '').toBe('third\n');
      expect(bench.store.snapshot(), steps.at(-1) ?? '').toBe(before);
    }
    expect(steps).toContain('put patternDecisions/p-1.2.0');
    expect(steps).toContain('audit template.rolled-back');
  });
});
