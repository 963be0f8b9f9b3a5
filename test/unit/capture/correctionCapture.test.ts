import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { configurationSchema } from '../../../src/core/model/configuration';
import { type FileStore, openFileStore } from '../../../src/node/fileStore';
import { encodedProject } from '../../../src/node/sources/claudeCodePlace';
import { correctionSources } from '../../../src/node/sources/registry';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { assistant, interrupt, result, stop, text, toolUse, user } from './transcriptLines';

const fixtures = join(import.meta.dirname, '../../fixtures/capture');

function capture(root = fixtures, home = join(root, 'no-home'), configuration: object = {}) {
  const ports = memoryPorts();
  const sources = correctionSources(root, {}, home);
  return { ports, capture: new CorrectionCapture(ports, configurationSchema.parse(configuration), sources) };
}

const found = async (path: string, configuration: object = {}) => {
  const { capture: component } = capture(fixtures, undefined, configuration);
  await component.import({ path });
  return (await component.list({})).records;
};

describe('importing transcripts', () => {
  it('finds each correction of a session once, though a resumed session replays it', async () => {
    const { capture: component } = capture();
    const summary = await component.import({ path: 'claude-code' });
    expect(summary.corrections).toMatchObject({
      found: 9,
      new: 9,
      bySignal: { 'edit-modified': 1, interrupted: 2, message: 1, 'plan-edited': 1, 'tool-rejected': 4 },
    });
    expect(summary).toMatchObject({
      sessions: 2,
      interactions: 6,
      unknownTypes: { 'star-map': 2 },
      redactions: 1,
    });
    expect(summary.skipped).toMatchObject([{ path: 'claude-code/5e550001.jsonl', line: 29 }]);
  });

  it('gives the corrections of the golden file', async () => {
    const records = await found('claude-code');
    await expect(`${JSON.stringify(records, null, 2)}\n`).toMatchFileSnapshot(
      join(fixtures, 'claude-code.golden.json'),
    );
  });

  it('counts the interrupts that belong to a rejection once, though a resumed session replays them', async () => {
    const folder = temporaryFolder();
    const { capture: component } = capture(folder);
    const lines = [
      user(1, 'go'),
      assistant(2, toolUse('t1', 'Edit')),
      user(3, [result('t1', stop, true)]),
      user(4, interrupt),
    ];
    const text = lines.map((each) => `${JSON.stringify(each)}\n`).join('');
    writeFileSync(join(folder, 's1.jsonl'), text);
    writeFileSync(join(folder, 's2.jsonl'), text.replaceAll('"s1"', '"s2"'));
    const summary = await component.import({ path: folder });
    expect(summary).toMatchObject({ mergedInterrupts: 1, corrections: { bySignal: { 'tool-rejected': 1 } } });
  });

  it('stores each correction once when two import the same at the same time', async () => {
    const folder = join(temporaryFolder(), '.claude-pm');
    const importer = async () => {
      const ports = memoryPorts();
      const store = await openFileStore(folder, { clock: ports.clock });
      const sources = correctionSources(fixtures, {}, join(fixtures, 'no-home'));
      const component = new CorrectionCapture({ ...ports, store }, configurationSchema.parse({}), sources);
      return { store, component };
    };
    const importers = [await importer(), await importer(), await importer()];
    const summaries = await Promise.all(
      importers.map(({ component }) => component.import({ path: 'claude-code' })),
    );
    expect(summaries.map(({ corrections }) => corrections.new).sort()).toEqual([0, 0, 9]);
    expect((await importers[0]?.store.readLog('corrections'))?.records).toHaveLength(9);
    const segments = readdirSync(join(folder, 'training/corrections'));
    const written = segments.map((name) => readFileSync(join(folder, 'training/corrections', name), 'utf8'));
    expect(written.join('').trim().split('\n')).toHaveLength(9);
    for (const { store } of importers) await store.close();
  });

  it('keeps the words that one writer stored when another has stored the stop, and then stores nothing', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 's1.jsonl');
    const there = join(folder, '.claude-pm');
    const ports = memoryPorts();
    const by = async (open: () => Promise<FileStore>) => {
      const store = await open();
      const sources = correctionSources(folder, {}, join(folder, 'no-home'));
      return {
        store,
        component: new CorrectionCapture({ ...ports, store }, configurationSchema.parse({}), sources),
      };
    };
    const open = () => openFileStore(there, { clock: ports.clock, machine: 'm' });
    const slot0 = await by(open);
    expect(slot0.store.writer).toBe('m-0');
    const slot1 = await by(open);
    writeFileSync(file, `${JSON.stringify(user(1, 'go'))}\n${JSON.stringify(user(2, interrupt))}\n`);
    await slot1.component.import({ path: file });
    expect(slot1.store.writer).toBe('m-1');
    appendFileSync(file, `${JSON.stringify(user(3, 'no, not there, that is wrong'))}\n`);
    await slot0.component.import({ path: file });
    const segment = () => readFileSync(join(there, 'training/corrections/2026-11.m-0.jsonl'), 'utf8');
    const before = segment();
    for (const { component } of [slot0, slot1, slot0]) await component.import({ path: file });
    expect(segment()).toBe(before);
    const { records } = await slot1.component.list({});
    expect(records.map(({ userCorrection }) => userCorrection)).toEqual(['no, not there, that is wrong']);
    for (const { store } of [slot0, slot1]) await store.close();
  });

  it('takes a stored message back when the answer that came later shows that it was none', async () => {
    const folder = temporaryFolder();
    const { capture: component } = capture(folder);
    const place = join(folder, 's1.jsonl');
    const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;
    const likely = 'why does the second run not use the cache?';
    writeFileSync(
      place,
      [user(1, 'go'), assistant(2, text('Here it is.')), user(3, likely)].map(lineOf).join(''),
    );
    expect((await component.import({ path: place })).corrections).toMatchObject({ found: 1, new: 1 });
    appendFileSync(
      place,
      lineOf(assistant(4, text('Great question! Here is how it works: the cache is shared.'))),
    );
    expect((await component.import({ path: place })).corrections).toMatchObject({ found: 0, new: 0 });
    expect((await component.list({})).records).toEqual([]);
  });

  it('learns of a rejected plan that was handed over, also when that came in a later piece', async () => {
    const folder = temporaryFolder();
    const { capture: component } = capture(folder);
    const place = join(folder, 's1.jsonl');
    const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;
    const rejectedPlan = [
      user(1, 'go'),
      assistant(2, toolUse('t1', 'ExitPlanMode')),
      user(3, [result('t1', stop, true)]),
    ];
    writeFileSync(place, rejectedPlan.map(lineOf).join(''));
    await component.import({ path: place });
    appendFileSync(place, lineOf(user(4, 'Implement the following plan:\n\n# Plan')));
    await component.import({ path: place });
    expect((await component.list({})).records).toMatchObject([{ likelihood: 0.05, userCorrection: '' }]);
  });

  it('stores nothing the second time', async () => {
    const { capture: component, ports } = capture();
    await component.import({ path: 'claude-code' });
    const entries = ports.audit.entries.length;
    const again = await component.import({ path: 'claude-code' });
    expect(again.corrections).toMatchObject({ found: 9, new: 0 });
    expect(ports.audit.entries).toHaveLength(entries);
  });

  it('knows the same corrections whichever of the files is read first', async () => {
    const { capture: component } = capture();
    await component.import({ path: 'claude-code/5e550002.jsonl' });
    const whole = await component.import({ path: 'claude-code' });
    // Only the subagent's own file was not read before.
    expect(whole.corrections).toMatchObject({ found: 9, new: 1 });
  });

  it('gives a stop that was stored without words its words when they come', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 's1.jsonl');
    const { capture: component } = capture(folder);
    writeFileSync(file, `${JSON.stringify(user(1, 'go'))}\n${JSON.stringify(user(2, interrupt))}\n`);
    await component.import({ path: file });
    appendFileSync(file, `${JSON.stringify(user(3, 'no, not there, that is wrong'))}\n`);
    const later = await component.import({ path: file });
    const { records } = await component.list({});
    expect(later.corrections.new).toBe(0);
    expect(records.map(({ userCorrection }) => userCorrection)).toEqual(['no, not there, that is wrong']);
  });

  it('counts the human turns of a session by the agent that they addressed', async () => {
    const { capture: component, ports } = capture();
    await component.import({ path: 'claude-code/5e550001.jsonl' });
    const { records } = await ports.store.readLog('sessions');
    expect(records).toMatchObject([{ sessionId: '5e550001', interactions: { main: 4, qa: 2 } }]);
  });

  it('gives each file of a mixed folder to the source that knows it, and leaves strangers alone', async () => {
    const { capture: component } = capture();
    const summary = await component.import({ path: '.' });
    expect(summary.skipped.map(({ path }) => path)).not.toContain('foreign/rollout-1.jsonl');
    const { records } = await component.list({});
    const misread = records.filter(
      ({ source, evidence }) => evidence.path.split('/')[0] !== (source === 'manual' ? 'legacy' : source),
    );
    expect(misread).toEqual([]);
  });

  it('reads one source where one is named, and says when there is none of that name', async () => {
    const { capture: component } = capture();
    expect(await component.import({ path: '.', source: 'specstory' })).toMatchObject({ sessions: 1 });
    const none = new CorrectionCapture(memoryPorts(), configurationSchema.parse({}), []);
    await expect(none.import({ source: 'codex' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('says when there is nothing at a path', async () => {
    const { capture: component } = capture();
    await expect(component.import({ path: 'nowhere' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      subject: 'nowhere',
    });
  });

  it('does without the tools that were never used here', async () => {
    expect(await capture().capture.import({})).toMatchObject({ sessions: 0, skipped: [] });
  });

  it('stores nothing when it is cancelled', async () => {
    const { capture: component, ports } = capture();
    const abort = new AbortController();
    const run = component.import({
      path: 'claude-code',
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await ports.store.readLog('corrections')).records).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('names a folder that may not be read', async () => {
    const folder = temporaryFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o000);
    const { capture: component } = capture(folder);
    const { skipped } = await component.import({ path: folder });
    chmodSync(closed, 0o700);
    expect(skipped).toMatchObject([
      { path: closed, line: 0, reason: expect.stringContaining('no permission') },
    ]);
  });
});

describe('the places of the tools', () => {
  it("is Claude Code's folder for this workspace, and SpecStory's in it", async () => {
    const root = temporaryFolder();
    const home = temporaryFolder();
    cpSync(join(fixtures, 'claude-code'), join(home, '.claude/projects', encodedProject(root)), {
      recursive: true,
    });
    cpSync(join(fixtures, 'specstory'), join(root, '.specstory/history'), { recursive: true });
    expect(await capture(root, home).capture.import({})).toMatchObject({ sessions: 3 });
  });

  it('encodes a working directory as Claude Code does', () => {
    expect(encodedProject('/home/ada/my_shop v2.0')).toBe('-home-ada-my-shop-v2-0');
    expect(encodedProject('/caf\u0065\u0301')).toBe('-cafe-');
  });

  it('finds a folder with a cut name by the working directory in its transcripts', async () => {
    const root = `/${'long-name/'.repeat(30)}shop`;
    const home = temporaryFolder();
    const projects = join(home, '.claude/projects');
    for (const [name, cwd] of [
      ['1abc', root],
      ['2def', `${root}-other`],
    ]) {
      const folder = join(projects, `${encodedProject(root).slice(0, 200)}-${name}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, `${name}.jsonl`),
        JSON.stringify(user(1, 'hi', { uuid: name, sessionId: name, cwd })),
      );
    }
    expect(await capture(root, home).capture.import({})).toMatchObject({ sessions: 1 });
  });

  it('can be changed and switched off in the configuration', async () => {
    const there = { sources: { specstory: { path: 'specstory' } } };
    expect(await capture(fixtures, undefined, there).capture.import({})).toMatchObject({ sessions: 1 });
    const off = { sources: { specstory: { path: 'specstory', enabled: false } } };
    expect(await capture(fixtures, undefined, off).capture.import({})).toMatchObject({ sessions: 0 });
  });
});

describe('agents', () => {
  it("has a subagent's type from its .meta.json before the parent's call", async () => {
    const folder = temporaryFolder();
    cpSync(join(fixtures, 'claude-code'), folder, { recursive: true });
    const byParent = await found(folder);
    writeFileSync(join(folder, '5e550001/subagents/agent-a1.meta.json'), '{"agentType":"tester"}');
    const byMeta = await found(folder);
    const typeOf = (records: typeof byMeta) =>
      records.find(({ userCorrection }) => userCorrection === 'do not install anything')?.agentType;
    expect([typeOf(byParent), typeOf(byMeta)]).toEqual(['qa', 'tester']);
  });

  it('finds the parent of a subagent in the older layout, beside it', async () => {
    const folder = temporaryFolder();
    cpSync(join(fixtures, 'claude-code/5e550001.jsonl'), join(folder, '5e550001.jsonl'));
    cpSync(join(fixtures, 'claude-code/5e550001/subagents/agent-a1.jsonl'), join(folder, 'agent-a1.jsonl'));
    expect((await found(folder)).map(({ agentType }) => agentType)).toContain('qa');
  });

  it('keep their own names unless the configuration maps them, in any case', async () => {
    const mapped = await found('claude-code', { agentNames: { Qa: 'QA' } });
    expect(new Set(mapped.map(({ agentType }) => agentType))).toEqual(new Set(['main', 'QA']));
  });
});

describe('listing corrections', () => {
  const listing = async () => {
    const { capture: component } = capture();
    await component.import({ path: 'claude-code' });
    await component.record({
      agentType: 'qa',
      userCorrection: 'too old',
      timestamp: '2026-01-01T00:00:00+01:00',
    });
    return component;
  };

  it('counts the days back from the newest correction', async () => {
    const component = await listing();
    expect((await component.list({})).records).toHaveLength(10);
    expect((await component.list({ days: 1 })).records).toHaveLength(9);
  });

  it('filters by agent in any case and by signal', async () => {
    const component = await listing();
    expect((await component.list({ agentType: 'QA' })).records).toHaveLength(3);
    expect((await component.list({ signal: 'manual' })).records).toMatchObject([
      { userCorrection: 'too old' },
    ]);
  });

  it('sorts by time', async () => {
    const times = (await (await listing()).list({})).records.map(({ timestamp }) => Date.parse(timestamp));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe('recording a correction by hand', () => {
  it('fills in what is missing and says so', async () => {
    const { capture: component } = capture();
    const { correction, filledIn } = await component.record({
      agentType: 'engineer',
      userCorrection: 'never use password=hunter2',
      severity: 'low',
      context: { url: 'https://a:b0@c.d' },
    });
    expect(correction).toMatchObject({
      signal: 'manual',
      severity: 'low',
      likelihood: 1,
      standingInstruction: true,
      redactions: 2,
      userCorrection: 'never use password=[redacted: secret value]',
      timestamp: '2026-11-01T12:00:00.000Z',
      sessionId: 'manual-2026-11-01',
    });
    expect(filledIn).toEqual(['signal', 'correctionType', 'sessionId', 'timestamp', 'originalResponse']);
    expect((await component.list({})).records).toEqual([correction]);
  });

  it.each([
    [{}, /agentType.*userCorrection/s],
    [{ agentType: 'qa', userCorrection: '  ' }, /userCorrection: must not be empty/],
    [{ agentType: 'qa', userCorrection: 'x', severity: 'huge' }, /severity/],
    [{ agentType: 'qa', userCorrection: 'x', timestamp: 'yesterday' }, /timestamp/],
    ['text', /the input/],
  ])('refuses %j, naming what is wrong', async (input, message) => {
    const { capture: component } = capture();
    await expect(component.record(input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(message),
    });
    expect((await component.list({})).records).toEqual([]);
  });
});

it('stores no secret that a transcript holds', async () => {
  expect(readFileSync(join(fixtures, 'claude-code/5e550001.jsonl'), 'utf8')).toContain('sk-ant-api03-');
  expect(JSON.stringify(await found('claude-code'))).not.toContain('sk-ant-api03-');
});
