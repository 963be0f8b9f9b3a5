import { describe, expect, it } from 'vitest';
import { PatternAnalyzer } from '../../../src/core/analysis/patternAnalyzer';
import { makeRemovalVersion } from '../../../src/core/canary/removalCandidate';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Experiment, ExperimentEnd } from '../../../src/core/model/experiment';
import { EffectObserver } from '../../../src/core/observe/effectObserver';
import { prunedLine, ruleLines, ruleSentence, ruleWords } from '../../../src/core/observe/ruleText';
import { correction, experiment } from '../canary/experimentSamples';
import { hunk, propose, type Workbench, workbench } from '../support/workbench';

const qa = '.claude/agents/qa.md';
const id = 'claude-agents-qa';
const hour = 3_600_000;
const rule = '- Run the tests before you say that it is done.\n';
const words = [
  'run the tests before you say it is done',
  'you said it is done, run the tests first',
  'again: run the tests before you say done',
];

/** So many sessions of the agent, one an hour, the first `corrected` of them with a correction of the pattern. */
async function work(
  bench: Workbench,
  name: string,
  count: number,
  corrected: number,
  agentType = 'qa',
): Promise<void> {
  for (let index = 0; index < count; index++) {
    bench.clock.advance(hour);
    const startedAt = bench.clock.now().toISOString();
    const endedAt = new Date(Date.parse(startedAt) + hour / 2).toISOString();
    const sessionId = `${name}${index}`;
    const source = 'claude-code' as const;
    const [path, interactions] = [`${sessionId}.jsonl`, { [agentType.toUpperCase()]: 1 }];
    await bench.store.append('sessions', [
      { schemaVersion: 1, sessionId, source, path, startedAt, endedAt, interactions },
    ]);
    if (index >= corrected) continue;
    const said = { agentType, timestamp: startedAt, userCorrection: words[index % words.length] ?? '' };
    await bench.store.append('corrections', [correction(`c_${sessionId}`, sessionId, 0, said)]);
  }
  bench.clock.advance(hour);
}

function observerOf(bench: Workbench) {
  const analyzer = new PatternAnalyzer(bench, defaultConfiguration);
  return { analyzer, observer: new EffectObserver(bench, defaultConfiguration, analyzer, bench.templates) };
}

/** A rule for the one pattern, accepted and deployed after 100 sessions, of which 30 had such a correction. */
async function deployed(path = qa, agentType = 'qa'): Promise<Workbench & { readonly templateId: string }> {
  const bench = workbench({ [path]: '# QA\n\nOld rules.\n' });
  await bench.templates.adopt();
  const [template] = (await bench.templates.list()).records;
  if (template === undefined) throw new Error('nothing was adopted');
  await work(bench, 'b', 100, 30, agentType);
  const { patterns } = await observerOf(bench).analyzer.analyze({ days: 365 });
  expect(patterns).toHaveLength(1);
  for (const pattern of patterns) await bench.store.put('patterns', pattern);
  const patternIds = patterns.map(({ patternId }) => patternId);
  await propose(bench, template.templateId, [
    hunk('h1', 3, '', `\n${rule}`, { patternIds }),
    hunk('h2', 2, 'Old rules.\n', 'Older and longer rules.\n', { strategy: 'replacement', patternIds: [] }),
  ]);
  await bench.review.accept('imp-1', {});
  await bench.templates.deploy(template.templateId, {});
  return { ...bench, templateId: template.templateId };
}

const rulesOf = (bench: Workbench) => observerOf(bench).observer.rules();
const ruleOf = async (bench: Workbench) => (await rulesOf(bench)).rules.find(({ hunkId }) => hunkId === 'h1');

async function tested(
  bench: Workbench,
  version: string,
  over: Partial<Experiment>,
  cause?: ExperimentEnd['cause'],
): Promise<void> {
  const base = experiment({ experimentId: 'without', ...over });
  const end = { at: bench.clock.now().toISOString(), automatic: true, reason: 'as tested', inputs: {} };
  await bench.store.put('experiments', {
    ...base,
    templateId: id,
    rule: { ...base.rule, goal: 'non-inferiority' },
    candidate: { version, contentHash: 'b'.repeat(64) },
    end: cause === undefined ? null : { ...end, cause },
  });
}

describe('the rules that stand in a prompt', () => {
  it('say what became of the corrections that they were to cure', async () => {
    const bench = await deployed();
    await work(bench, 'a', 10, 1);
    const { rules, pruned } = await rulesOf(bench);
    expect(pruned).toEqual([]);
    expect(rules.map(({ hunkId, state, line }) => [hunkId, state, line])).toEqual([
      ['h2', 'no-pattern', 3],
      ['h1', 'still-there', 5],
    ]);
    const found = rules[1];
    expect(found).toMatchObject({ version: '2.0.0', agentType: 'qa', path: qa, offer: null });
    expect(found?.rates.before).toMatchObject({ sessions: 100, corrections: 30, rate: 0.3 });
    expect(found?.rates.after).toMatchObject({ sessions: 10, corrections: 1, rate: 0.1 });
    // 49 bytes with the blank line, at four a token.
    expect(found).toMatchObject({ tokens: 13, tokensSaved: 13 });
    expect(rules[0]).toMatchObject({ tokens: 6, tokensSaved: 3 });
    expect(found && ruleSentence(found)).toMatch(
      /^Still there, no fall can be told: 0\.10 a session \[.+\] \(1 in 10 sessions\) since, 0\.30 a session/,
    );
  });

  it('are offered to be tested without, once what they were to cure has vanished', async () => {
    const bench = await deployed();
    await work(bench, 'a', 64, 0);
    expect(await ruleOf(bench)).toMatchObject({ state: 'fewer', offer: null });
    await work(bench, 'c', 1, 0);
    const found = await ruleOf(bench);
    expect(found).toMatchObject({ state: 'vanished', offer: 'test-removal' });
    expect(found && ruleLines(found).join('\n')).toContain('Test removal: it may save about 13 tokens.');
  });

  it('are not, where the file cannot be given to some sessions only', async () => {
    const shared = await deployed('CLAUDE.md', 'main');
    await work(shared, 'a', 65, 0, 'main');
    expect(await ruleOf(shared)).toMatchObject({ state: 'vanished', offer: null });
  });

  it('can be left out after a test that found no harm, and are listed as pruned then', async () => {
    const bench = await deployed();
    await work(bench, 'a', 65, 0);
    const { version } = await makeRemovalVersion(bench.templates, id, 'h1');
    await tested(bench, version, {});
    expect(await ruleOf(bench)).toMatchObject({ offer: null, removal: { finding: 'running' } });
    await tested(bench, version, { status: 'promoted', dryRun: true }, 'not-worse');
    expect(await ruleOf(bench)).toMatchObject({ offer: 'test-removal' });
    await tested(bench, version, { status: 'inconclusive' }, 'time-over');
    expect(await ruleOf(bench)).toMatchObject({ offer: 'test-removal', removal: { finding: 'undecided' } });
    await tested(bench, version, { status: 'rolled-back' }, 'harm');
    expect(await ruleOf(bench)).toMatchObject({ offer: null, removal: { finding: 'missed' } });
    await tested(bench, version, { status: 'promoted' }, 'not-worse');
    expect(await ruleOf(bench)).toMatchObject({ offer: 'prune', removal: { experimentId: 'without' } });
    await bench.templates.deploy(id, { version });
    const { rules, pruned } = await rulesOf(bench);
    expect(rules.map(({ hunkId }) => hunkId)).toEqual(['h2']);
    expect(pruned).toMatchObject([{ hunkId: 'h1', tokensSaved: 13, experimentId: 'without' }]);
    expect(pruned.map(prunedLine)[0]).toContain('about 13 tokens saved');
  });

  it('are those of the deployed text: not what was edited away, nor what waits', async () => {
    const bench = await deployed();
    await bench.templates.addVersion({
      templateId: id,
      version: '2.0.1',
      parentVersion: '2.0.0',
      origin: 'edited-outside',
      status: 'approved',
      changeSummary: 'by hand',
      strategy: null,
      hunkIds: [],
      patternIds: [],
      text: '# QA\n\nOlder and longer rules.\n',
    });
    expect((await rulesOf(bench)).rules).toHaveLength(2);
    await bench.templates.deploy(id, { version: '2.0.1' });
    expect((await rulesOf(bench)).rules.map(({ hunkId }) => hunkId)).toEqual(['h2']);
  });

  it('name the experiment that brought them', async () => {
    const bench = await deployed();
    await bench.store.put(
      'experiments',
      experiment({
        status: 'promoted',
        candidate: { version: '2.0.0', contentHash: 'b'.repeat(64) },
        end: {
          at: bench.clock.now().toISOString(),
          cause: 'superior',
          automatic: true,
          reason: 'fewer',
          inputs: {},
        },
      }),
    );
    const found = await ruleOf(bench);
    expect(found?.experiment).toEqual({ experimentId: 'e1', cause: 'superior', reason: 'fewer' });
    expect(found && ruleLines(found)).toContain('  From the experiment e1: fewer');
  });
});

describe('the words of a rule', () => {
  it('are one line, whatever was accepted', () => {
    expect(ruleWords('\n## Rules\r\n\r\n-  Run\n  the\ttests.\n')).toBe('Run the tests.');
    expect(ruleWords(`- ${'very '.repeat(100)}long\n`)).toHaveLength(120);
    expect(ruleWords('')).toBe('');
  });
});
