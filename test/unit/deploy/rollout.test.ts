import { describe, expect, it } from 'vitest';
import { recoverChanges } from '../../../src/core/transaction/recoverChanges';
import { type Workbench, workbench } from '../support/workbench';

const qa = '.claude/agents/qa.md';
const ops = '.claude/agents/ops.md';
const notes = 'prompts/notes.md';
const fresh = 'prompts/fresh.md';
const files = {
  [qa]: '---\nname: qa\ntools: Read\n---\n\uFEFFOld qa\r\n',
  [ops]: '---\nname: ops\n---\nOld ops, no newline',
  'CLAUDE.md': 'See @.claude/agents/ops.md and\n`@.claude/agents/qa.md`\n',
};
const shared = '---\nname: shared\n---\n# Rules\n\n- Run the tests.\n';
const body = '# Rules\n\n- Run the tests.\n';

async function withShared(): Promise<Workbench> {
  const bench = workbench(files);
  await bench.templates.adopt();
  bench.promptFiles.set(notes, 'Unmanaged\n');
  // Found by nobody: a file that no tool reads.
  bench.promptFiles.discover = async () => ({ records: [], skipped: [] });
  await bench.templates.create({
    templateId: 'shared',
    bytes: new TextEncoder().encode(shared),
    templateType: 'agent_prompt',
    agentType: 'QA',
  });
  return bench;
}

const next = [
  ['1.1.0', '1.0.0'],
  ['1.2.0', '1.1.0'],
] as const;

async function addVersion(
  bench: Workbench,
  templateId: string,
  version: string,
  parentVersion: string,
  text: string,
): Promise<void> {
  await bench.templates.addVersion({
    templateId,
    version,
    parentVersion,
    origin: 'improvement',
    status: 'approved',
    changeSummary: 'x',
    strategy: 'additive',
    hunkIds: [],
    patternIds: [],
    text,
  });
}

/** The main prompt, with two versions that no file holds yet. */
async function withNextVersions(): Promise<Workbench> {
  const bench = workbench(files);
  await bench.templates.adopt();
  for (const [version, parentVersion] of next)
    await addVersion(bench, 'claude-md', version, parentVersion, `${files['CLAUDE.md']}- ${version}\n`);
  return bench;
}

const contents = ({ promptFiles }: Workbench) =>
  Object.fromEntries([...promptFiles.files].map(([path]) => [path, promptFiles.text(path)]));

const everywhere = { agents: ['qa', 'Ops'], targets: [notes, fresh] };

describe('deploying to several files', () => {
  it('writes them all in one step; each keeps its own frontmatter, a new file gets the exact bytes', async () => {
    const bench = await withShared();
    const { deployments, rolloutId } = await bench.templates.rollOut('shared', everywhere);
    expect(deployments.map((each) => each.rolloutId)).toEqual(deployments.map(() => rolloutId));
    expect(deployments.every((each) => each.copiedFrom === 'shared@1.0.0')).toBe(true);
    expect(contents(bench)).toMatchObject({
      [qa]: `---\nname: qa\ntools: Read\n---\n${body}`,
      [ops]: `---\nname: ops\n---\n${body}`,
      [notes]: body,
      [fresh]: shared,
    });
    const { versions } = await bench.templates.history('claude-agents-qa');
    expect(versions[0]).toMatchObject({
      version: '2.0.0',
      origin: 'copied',
      copiedFrom: 'shared@1.0.0',
      status: 'active',
    });
  });

  it('is taken back as a whole by rolling the template back: the exact bytes, and no file where there was none', async () => {
    const bench = await withShared();
    const before = contents(bench);
    await bench.templates.rollOut('shared', everywhere);
    const impact = await bench.templates.rollbackImpact('shared');
    expect(impact.files).toEqual([ops, qa, fresh, notes]);
    const rollout = await bench.templates.rollBack('shared', { reason: 'no good' });
    expect(rollout.deployments).toHaveLength(4);
    expect(contents(bench)).toEqual(before);
    await expect(bench.templates.rollBack('shared', { reason: 'again' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  });

  it('and the rollback is one step too, which can be undone', async () => {
    const bench = await withShared();
    await bench.templates.rollOut('shared', everywhere);
    const after = contents(bench);
    const { rolloutId } = await bench.templates.rollBack('shared', { reason: 'no good' });
    const before = contents(bench);
    const impact = await bench.templates.undoImpact(rolloutId ?? '');
    expect(impact).toMatchObject({ kind: 'deploy', files: expect.arrayContaining([qa, ops, notes, fresh]) });
    expect(contents(bench)).toEqual(before);
    await bench.templates.undo(rolloutId ?? '', 'it was good');
    expect(contents(bench)).toEqual(after);
    await expect(bench.templates.undoImpact(rolloutId ?? '')).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await expect(bench.templates.undo(rolloutId ?? '', 'twice')).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  });

  it('can be rolled back for one agent alone', async () => {
    const bench = await withShared();
    await bench.templates.rollOut('shared', everywhere);
    await bench.templates.rollBack('claude-agents-qa', { reason: 'not for qa' });
    expect(bench.promptFiles.text(qa)).toBe(files[qa]);
    expect(bench.promptFiles.text(ops)).toContain(body);
    const rest = await bench.templates.rollBack('shared', { reason: 'nor for the others' });
    expect(rest.deployments.map((each) => each.target)).toEqual([ops, fresh, notes]);
    expect(bench.promptFiles.text(ops)).toBe(files[ops]);
  });

  it('goes to any version of the template in every file that holds a copy', async () => {
    const bench = await withShared();
    await bench.templates.rollOut('shared', everywhere);
    for (const [version, parentVersion] of next) {
      await addVersion(bench, 'shared', version, parentVersion, `${shared}- ${version}\n`);
      await bench.templates.rollOut('shared', { ...everywhere, version });
    }
    expect(bench.promptFiles.text(qa)).toBe(`---\nname: qa\ntools: Read\n---\n${body}- 1.2.0\n`);
    const { versions } = await bench.templates.history('claude-agents-qa');
    expect(versions.map((each) => each.version)).toEqual(['2.2.0', '2.1.0', '2.0.0', '1.0.0']);
    await bench.templates.rollBack('shared', { to: '1.0.0', reason: 'all of it' });
    expect(bench.promptFiles.text(qa)).toBe(`---\nname: qa\ntools: Read\n---\n${body}`);
    expect(bench.promptFiles.text(fresh)).toBe(shared);
  });

  it('takes the own file back too where another file of the step was written after it', async () => {
    const bench = await withNextVersions();
    const { clock } = bench;
    const now = clock.now.bind(clock);
    // Time goes on between one file and the next.
    clock.now = () => {
      clock.advance(1);
      return now();
    };
    await bench.templates.rollOut('claude-md', { agents: ['main', 'qa'], version: '1.1.0' });
    const first = contents(bench);
    await bench.templates.rollOut('claude-md', { agents: ['main', 'qa'], version: '1.2.0' });
    await bench.templates.rollBack('claude-md', { to: '1.1.0', reason: 'by its number' });
    expect(contents(bench)).toEqual(first);
    await bench.templates.rollBack('claude-md', { reason: 'the last step' });
    expect(contents(bench)).toMatchObject(files);
  });

  it('goes to the version named although a copy was written later, in a step of its own', async () => {
    const bench = await withNextVersions();
    await bench.templates.rollOut('claude-md', { agents: ['main'], version: '1.1.0' });
    bench.clock.advance(1);
    await bench.templates.rollOut('claude-md', { agents: ['qa'], version: '1.1.0' });
    await bench.templates.rollBack('claude-md', { to: '1.0.0', reason: 'by its number' });
    expect(bench.promptFiles.text('CLAUDE.md')).toBe(files['CLAUDE.md']);
    expect(bench.promptFiles.text(qa)).toBe(`---\nname: qa\ntools: Read\n---\n${files['CLAUDE.md']}`);
  });

  it('writes nothing where one target changed outside, is unsafe, or belongs to no known agent', async () => {
    const bench = await withShared();
    bench.promptFiles.set(ops, 'by hand\n');
    const before = contents(bench);
    const codes = [];
    for (const options of [
      everywhere,
      { targets: [qa, '../outside.md'] },
      { targets: [qa, '.claude-pm/config.md'] },
      { targets: [qa, 'src/index.ts'] },
      { agents: ['qa', 'nobody'] },
    ]) {
      codes.push(await bench.templates.rollOut('shared', options).catch((error) => error.code));
    }
    expect(codes).toEqual(['TARGET_CHANGED', 'INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT', 'NOT_FOUND']);
    expect(contents(bench)).toEqual(before);
    expect(await bench.store.list('pendingChanges')).toMatchObject({ records: [] });
  });

  it('tells beforehand what it would do', async () => {
    const bench = await withShared();
    bench.promptFiles.discover = workbench(files).promptFiles.discover.bind(workbench(files).promptFiles);
    const impact = await bench.templates.deployImpact('shared', { agents: ['qa', 'ops'] });
    expect(impact.targets.map(({ path, from, to }) => [path, from, to])).toEqual([
      [qa, '1.0.0', '2.0.0'],
      [ops, '1.0.0', '2.0.0'],
    ]);
    expect(impact.importedBy).toEqual([{ path: 'CLAUDE.md', line: 1 }]);
    expect(impact.risk).toMatchObject({
      level: 'medium',
      reasons: expect.arrayContaining(['2 files are written at once.']),
    });
    expect(bench.promptFiles.writes).toBe(0);
  });
});

/** Everything fails from one operation on, as for a process that was killed. */
function killAt(bench: Workbench, at: number): { readonly killed: () => boolean; revive(): void } {
  let count = 0;
  const fault = () => {
    if (count++ >= at) throw new Error('killed');
  };
  const ports = [bench.store, bench.promptFiles, bench.audit];
  for (const port of ports) port.fault = fault;
  return {
    killed: () => count > at,
    revive() {
      for (const port of ports) port.fault = undefined;
    },
  };
}

describe('a step that is cut off', () => {
  const afterwards = { ...everywhere, version: '1.0.0' };

  it.each(['deploy', 'rollback'])(
    'during a %s leaves all files old or all new, and is explained',
    async (kind) => {
      let cutOff = 0;
      for (let at = 0; ; at++) {
        const bench = await withShared();
        const old = contents(bench);
        if (kind === 'rollback') await bench.templates.rollOut('shared', afterwards);
        const before = { files: contents(bench), records: bench.store.snapshot() };
        const power = killAt(bench, at);
        const step =
          kind === 'deploy'
            ? bench.templates.rollOut('shared', afterwards)
            : bench.templates.rollBack('shared', { reason: 'x' });
        const done = await step.then(
          () => true,
          () => false,
        );
        power.revive();
        if (done && !power.killed()) {
          if (kind === 'rollback') expect(contents(bench)).toEqual(old);
          break;
        }
        cutOff++;
        const pending = (await bench.store.list('pendingChanges')).records;
        const found = await recoverChanges(bench);
        expect(contents(bench), `operation ${at}`).toEqual(before.files);
        expect(bench.store.snapshot(), `operation ${at}`).toBe(before.records);
        expect(found).toHaveLength(pending.length);
        for (const { message, recovered } of found) {
          expect(recovered).toBe(true);
          expect(message).toContain('Interrupted at');
        }
        // It can be done again.
        if (kind === 'deploy') await bench.templates.rollOut('shared', afterwards);
        else await bench.templates.rollBack('shared', { reason: 'x' });
      }
      expect(cutOff).toBeGreaterThan(20);
    },
  );

  it('leaves a file alone that another program changed meanwhile, and says so', async () => {
    const bench = await withShared();
    let replaced = 0;
    bench.promptFiles.fault = (operation) => {
      if (operation === 'replace' && ++replaced === 2) {
        const dead = () => {
          throw new Error('killed');
        };
        for (const port of [bench.store, bench.promptFiles, bench.audit]) port.fault = dead;
        throw new Error('killed');
      }
    };
    await expect(bench.templates.rollOut('shared', everywhere)).rejects.toThrow();
    for (const port of [bench.store, bench.promptFiles, bench.audit]) port.fault = undefined;
    bench.promptFiles.set(notes, 'theirs\n');
    const [found] = await recoverChanges(bench);
    expect(found?.message).toContain(`${notes} was changed by another program`);
    expect(bench.promptFiles.text(notes)).toBe('theirs\n');
    expect(bench.promptFiles.text(ops)).toBe(files[ops]);
  });
});
