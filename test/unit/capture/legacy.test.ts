import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { looksLikeLegacy, parseLegacy } from '../../../src/core/capture/legacy/legacy';
import { configurationSchema } from '../../../src/core/model/configuration';
import { readJson } from '../../../src/node/jsonText';
import { LegacySource } from '../../../src/node/sources/legacySource';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

const fallbackTime = '2026-01-01T00:00:00.000Z';
const fixtures = join(import.meta.dirname, '../../fixtures/capture');
const session = join(fixtures, 'legacy', 'session_0a1b2c3d');
const names = {
  engineer: 'Engineer_20250713_174718_corr_20250713_174718_0f0f0f01',
  qa: 'qa_20250713_180000_corr_20250713_180000_0f0f0f02',
  ops: 'Ops_20250713_190000_corr_20250713_190000_0f0f0f03',
  hook: 'hook_hook_sub_1',
};
const textOf = (name: string) => readFileSync(join(session, `${name}.json`), 'utf8');

const read = (text: string, name = 'x', folder = 'session_0a1b2c3d') =>
  parseLegacy({ text, folder, path: `${name}.json`, name, fallbackTime }, readJson);
const record = (fields: object) => read(JSON.stringify({ user_correction: 'No.', ...fields }));
const local = (time: string) => new Date(time).toISOString();

describe('a correction of the Python prototype', () => {
  it('is one that was recorded, with its type and severity, at the line of the words', () => {
    const [trace] = read(textOf(names.engineer), names.engineer).traces;
    expect(trace).toMatchObject({
      source: 'legacy',
      sessionId: 'session_0a1b2c3d',
      agentType: 'Engineer',
      startedAt: local('2025-07-13T17:47:18.123'),
    });
    expect(trace && detectCorrections(trace)).toEqual({
      drafts: [
        {
          signal: 'manual',
          agentType: 'Engineer',
          line: 5,
          lineId: 'corr_20250713_174718_0f0f0f01',
          at: local('2025-07-13T17:47:18.123'),
          words: 'Use the logger, never print.\n\nIt is in the guide: src/logging.md.',
          agentText: "def hello():\n    print('hello')",
          taskDescription: 'Write a greeting.',
          likelihood: 1,
          given: { correctionType: 'approach_correction', severity: 'high' },
        },
      ],
      turns: [],
      mergedInterrupts: [],
      withdrawn: [],
    });
  });

  it('keeps only what it says in a known way', () => {
    const [event] = read(textOf(names.qa)).traces[0]?.events ?? [];
    expect(event).toEqual({
      kind: 'recorded',
      line: 5,
      lineId: 'corr_20250713_180000_0f0f0f02',
      at: local('2025-07-13T18:00:00'),
      words: 'You did not run the integration tests.',
      agentText: 'All tests pass.',
    });
  });

  it.each([
    ['no, never', 'NO,\n never', 'no, never'],
    ['no', 'because it breaks', 'no\n\nbecause it breaks'],
    ['no', ' ', 'no'],
    ['no', 7, 'no'],
    ['', 'only this', 'only this'],
  ])('of %j with the feedback %j says %j', (user_correction, user_feedback, words) => {
    const [trace] = record({ user_correction, user_feedback }).traces;
    expect(trace?.events).toMatchObject([{ words }]);
  });

  it.each([
    ['its own', { timestamp: '2025-07-13T18:00:00' }, 'x', local('2025-07-13T18:00:00')],
    ['its own, with an offset', { timestamp: '2025-07-13T18:00:00+02:00' }, 'x', '2025-07-13T18:00:00+02:00'],
    ['that in the name', { timestamp: '5' }, names.qa, local('2025-07-13T18:00:00')],
    ['that of the file', {}, 'qa_20259999_180000_x', fallbackTime],
  ])('has a time: %s', (_, fields, name, at) => {
    const { traces } = read(JSON.stringify({ user_correction: 'No.', ...fields }), name);
    expect(traces[0]?.events).toMatchObject([{ at }]);
  });

  it('is skipped where the words of the person are missing, and not where anything else is', () => {
    expect(read('{"correction_id":"c"}').skipped).toEqual([
      { path: 'x.json', line: 1, reason: 'user_correction, the words of the person, is missing or no text' },
    ]);
    expect(record({ user_correction: ' ' }).skipped).toMatchObject([
      { reason: 'the person said nothing in it' },
    ]);
    expect(record({}).traces).toMatchObject([
      { agentType: 'main', events: [{ lineId: 'session_0a1b2c3d/x', agentText: '' }] },
    ]);
  });

  it('that is cut off is skipped with the line at which it ends', () => {
    expect(read(textOf(names.ops))).toMatchObject({
      traces: [],
      skipped: [{ line: 5, reason: 'it is not valid JSON' }],
    });
    expect(read('[]').skipped).toMatchObject([{ line: 0, reason: 'no correction in it' }]);
  });

  it('may stand with others in an export', () => {
    const corrections = [JSON.parse(textOf(names.engineer)), {}, JSON.parse(textOf(names.qa))];
    const parsed = read(
      JSON.stringify({ export_timestamp: '', corrections }, undefined, 2),
      'export',
      'training',
    );
    expect(parsed.traces).toMatchObject([
      { sessionId: 'export', agentType: 'Engineer', events: [{ lineId: 'corr_20250713_174718_0f0f0f01' }] },
      { sessionId: 'export', agentType: 'qa', events: [{ lineId: 'corr_20250713_180000_0f0f0f02' }] },
    ]);
    expect(parsed.skipped).toHaveLength(1);
  });
});

it('counts the record of a hook, whole or not, as none', () => {
  const none = { traces: [], skipped: [], unknownTypes: { 'hook record': 1 } };
  expect(read(textOf(names.hook), names.hook)).toEqual(none);
  expect(read(textOf(names.hook), 'renamed')).toEqual(none);
  expect(read('{"hook_id": ', names.hook)).toEqual(none);
});

it('is known by its beginning', () => {
  for (const name of Object.values(names)) expect(looksLikeLegacy(textOf(name).slice(0, 200))).toBe(true);
  expect(looksLikeLegacy('{"correctionId":"c_1","agentType":"main"}')).toBe(false);
  expect(looksLikeLegacy('correction_id: agent_type:')).toBe(false);
});

describe('where the prototype kept its corrections', () => {
  const setUp = () => {
    const base = temporaryFolder();
    const [home, root] = [join(base, 'home'), join(base, 'shop')];
    const corrections = (of: string) => join(of, '.claude-pm', 'training', 'corrections');
    cpSync(session, join(corrections(home), 'session_0a1b2c3d'), { recursive: true });
    mkdirSync(join(corrections(root), 'session_ffffffff'), { recursive: true });
    cpSync(join(session, `${names.qa}.json`), join(corrections(root), 'session_ffffffff', 'qa.json'));
    writeFileSync(join(corrections(root), '2026-11.m-0.jsonl'), '');
    writeFileSync(join(corrections(root), 'notes.json'), '{}');
    return { home, root, corrections, source: new LegacySource(root, home) };
  };

  it('is the home directory and the workspace', async () => {
    const { source, home, root, corrections } = setUp();
    const { files, missing } = await source.locate(undefined);
    expect(files).toHaveLength(5);
    expect(files.filter((file) => file.startsWith(corrections(home)))).toHaveLength(4);
    expect(files.at(-1)).toBe(join(corrections(root), 'session_ffffffff', 'qa.json'));
    expect(missing).toBe(false);
    expect(await source.watched(undefined)).toEqual([corrections(home)]);
    expect(await new LegacySource(root, join(home, 'nobody')).watched('x')).toEqual([join(root, 'x')]);
  });

  it('may be any place that is given', async () => {
    const { files } = await setUp().source.locate(fixtures);
    expect(files).toHaveLength(4);
    expect(await setUp().source.locate('nowhere')).toMatchObject({ files: [], missing: true });
  });

  it('gives each correction once, as it was recorded', async () => {
    const { source } = setUp();
    const ports = memoryPorts();
    const capture = new CorrectionCapture(ports, configurationSchema.parse({}), [source]);
    const summary = await capture.import({});
    expect(summary).toMatchObject({
      corrections: { found: 2, new: 2, bySignal: { manual: 2 } },
      skipped: [{ line: 5, reason: 'it is not valid JSON' }],
      unknownTypes: { 'hook record': 1 },
    });
    const { records } = await capture.list({});
    expect(records).toMatchObject([
      {
        source: 'legacy',
        correctionType: 'approach_correction',
        severity: 'high',
        reasons: { correctionType: 'given with the correction', severity: 'given with the correction' },
        standingInstruction: true,
      },
      { agentType: 'qa', reasons: { severity: 'no words that make it more or less' } },
    ]);
    expect((await capture.import({})).corrections.new).toBe(0);
  });
});

it('never throws, whatever the text', () => {
  const text = textOf(names.engineer);
  const key = fc.constantFrom(
    'user_correction',
    'correction_id',
    'timestamp',
    'corrections',
    'hook_id',
    '__proto__',
  );
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.string(),
      fc.dictionary(key, fc.jsonValue()),
      (cut, noise, fields) => {
        read(text.slice(0, cut) + noise + text.slice(cut));
        read(JSON.stringify(fields));
        read(JSON.stringify({ corrections: [fields] }));
      },
    ),
  );
});
