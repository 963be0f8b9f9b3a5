import { describe, expect, it } from 'vitest';
import type { RuleEvidence } from '../../../src/core/alerts/alertRule';
import { observedHarm } from '../../../src/core/alerts/rules/observedHarm';
import { PatternAnalyzer } from '../../../src/core/analysis/patternAnalyzer';
import { alertRulesSchema } from '../../../src/core/model/alertRules';
import { type Configuration, defaultConfiguration } from '../../../src/core/model/configuration';
import type { Correction } from '../../../src/core/model/correction';
import { EffectObserver } from '../../../src/core/observe/effectObserver';
import { type Workbench, workbench } from '../support/workbench';

const qa = '.claude/agents/qa.md';
const id = 'claude-agents-qa';
const before = 'Old rules.\n';
const after = 'Old rules.\n\n- Run the tests before you say that it is done.\n';
const hour = 3_600_000;
const words = [
  'run the tests before you say it is done',
  'you said it is done, run the tests first',
  'again: run the tests before you say done',
];

function correction(sessionId: string, timestamp: string, index: number, text: string): Correction {
  return {
    schemaVersion: 1,
    correctionId: `c_${sessionId}_${index}`,
    source: 'claude-code',
    signal: 'message',
    agentType: 'qa',
    sessionId,
    timestamp,
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: text,
    originalResponse: 'Done.',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: `${sessionId}.jsonl`, line: index + 1 },
    redactions: 0,
  };
}

/** One session an hour; `corrected` says which of them have a correction of the pattern. */
async function work(bench: Workbench, name: string, corrected: readonly boolean[]): Promise<void> {
  for (const [index, one] of corrected.entries()) {
    bench.clock.advance(hour);
    const startedAt = bench.clock.now().toISOString();
    const sessionId = `${name}${index}`;
    await bench.store.append('sessions', [
      {
        schemaVersion: 1,
        sessionId,
        source: 'claude-code',
        path: `${sessionId}.jsonl`,
        startedAt,
        endedAt: new Date(Date.parse(startedAt) + hour / 2).toISOString(),
        interactions: { QA: 2 },
      },
    ]);
    if (one) {
      await bench.store.append('corrections', [
        correction(sessionId, startedAt, 0, words[index % words.length] ?? ''),
      ]);
    }
  }
  bench.clock.advance(hour);
}

function observerOf(bench: Workbench, configuration: Configuration = defaultConfiguration) {
  const analyzer = new PatternAnalyzer(bench, configuration);
  return { analyzer, observer: new EffectObserver(bench, configuration, analyzer, bench.templates) };
}

const every = (count: number, nth: number) => Array.from({ length: count }, (_, index) => index % nth === 0);

/** An adopted prompt, its sessions, and a version for their pattern that is deployed. */
async function deployed(sessionsBefore: readonly boolean[]): Promise<Workbench> {
  const bench = workbench({ [qa]: before });
  await work(bench, 'b', sessionsBefore.slice(0, 30));
  await bench.templates.adopt();
  await work(bench, 'd', sessionsBefore.slice(30));
  const { patterns } = await observerOf(bench).analyzer.analyze({});
  expect(patterns).toHaveLength(1);
  await bench.templates.addVersion({
    templateId: id,
    version: '1.1.0',
    parentVersion: '1.0.0',
    origin: 'improvement',
    status: 'approved',
    changeSummary: 'Run the tests',
    strategy: 'additive',
    hunkIds: [],
    patternIds: patterns.map(({ patternId }) => patternId),
    text: after,
  });
  await bench.templates.deploy(id, {});
  return bench;
}

const on = { ...defaultConfiguration, autoRollbackEnabled: true };

describe('what a deployment did in real use', () => {
  it('counts sessions and corrections of each side, the addressed ones apart, with intervals', async () => {
    const bench = await deployed(every(90, 3));
    await work(bench, 'a', [true, false, false, false, false, false, false, false, false, false]);
    await bench.store.append('corrections', [
      correction('a3', bench.clock.now().toISOString(), 1, 'use metric units in the weather report'),
      correction('unrecorded', bench.clock.now().toISOString(), 0, 'wrong colour for the button'),
    ]);
    const { observations } = await observerOf(bench).observer.observe();
    expect(observations).toHaveLength(1);
    const [found] = observations;
    expect(found?.before).toMatchObject({ version: '1.0.0', from: null, sessions: 90 });
    expect(found?.before.addressed).toMatchObject({ corrections: 30, sessionsWith: 30, rate: 1 / 3 });
    expect(found?.after).toMatchObject({ version: '1.1.0', to: null, sessions: 10 });
    // A correction after the deployment was never a member before: the analysis assigns it.
    expect(found?.after.addressed).toMatchObject({ corrections: 1, rate: 0.1 });
    expect(found?.after.all.corrections).toBe(2);
    expect(found?.withoutSession).toBe(1);
    expect(found?.change.addressed?.value).toBeCloseTo(0.1 - 1 / 3, 12);
    expect(found?.change.addressed?.interval[1]).toBeGreaterThan(0);
    expect(found?.test.state).toBe('not-yet');
    expect(found?.test.moreSessions).toBeGreaterThan(0);
    expect(await bench.store.get('observations', found?.deploymentId ?? '')).toEqual(found);
  });

  it('counts a session that runs through the deployment for neither side', async () => {
    const bench = await deployed(every(60, 5));
    const deployedAt = bench.clock.now().getTime();
    const at = (offset: number) => new Date(deployedAt + offset).toISOString();
    await bench.store.append('sessions', [
      {
        schemaVersion: 1,
        sessionId: 'long',
        source: 'claude-code',
        path: 'long.jsonl',
        startedAt: at(-1000),
        endedAt: at(hour),
        interactions: { qa: 9 },
      },
    ]);
    const [found] = (await observerOf(bench).observer.observe()).observations;
    expect(found).toMatchObject({ straddling: 1, before: { sessions: 60 }, after: { sessions: 0 } });
    expect(found?.change.all).toBeNull();
  });

  it('warns once of a rise, keeps what it rests on, and leaves the file alone by default', async () => {
    const bench = await deployed(every(60, 5));
    await work(bench, 'a', every(40, 1));
    const { observer } = observerOf(bench);
    const { alerts, observations } = await observer.observe();
    expect(observations[0]?.test).toMatchObject({ state: 'rose' });
    expect(observations[0]?.test.maximum).toBeGreaterThanOrEqual(20);
    expect(alerts).toMatchObject([{ rule: 'observed-harm', severity: 'error' }]);
    expect(alerts[0]?.message).toContain('40 of 40 sessions had one after, 8 of 40 before');
    await observer.observe();
    const harm = bench.audit.entries.filter(({ action }) => action === 'observe.harm-found');
    expect(harm).toHaveLength(1);
    expect(harm[0]?.detail).toMatchObject({ sessionsAfter: 40, sessionsWithAfter: 40, alpha: 0.05 });
    expect(bench.promptFiles.text(qa)).toBe(after);
    const effects = (await bench.store.list('observations')).records;
    const evidence = { effects, now: bench.clock.now() } as unknown as RuleEvidence;
    expect(observedHarm.conditions(evidence, alertRulesSchema.parse({}).observedHarm)).toMatchObject([
      { subject: id, path: qa, message: expect.stringContaining('40 of 40 sessions') },
    ]);
  });

  it('rolls back where that is switched on, once, with the inputs in the reason and in the log', async () => {
    const bench = await deployed(every(60, 5));
    await work(bench, 'a', every(40, 1));
    const { observer } = observerOf(bench, on);
    const { alerts, observations } = await observer.observe();
    expect(bench.promptFiles.text(qa)).toBe(before);
    expect(observations[0]?.rolledBack).toBeDefined();
    expect(alerts).toMatchObject([{ severity: 'warning' }]);
    const { events } = await bench.templates.history(id);
    expect(events[0]).toMatchObject({ kind: 'rollback', toVersion: '1.0.0' });
    expect(events[0]?.reason).toMatch(/by itself.*40 of 40 sessions.*E = /);
    const decided = bench.audit.entries.filter(({ action }) => action === 'observe.rollback-decided');
    expect(decided).toMatchObject([{ detail: { sessionsWithAfter: 40, previousVersion: '1.0.0' } }]);
    await observer.observe();
    expect((await bench.templates.history(id)).events).toHaveLength(events.length);
  });

  it('tells when a rollback is refused, since the file was changed by a person, and changes nothing', async () => {
    const bench = await deployed(every(60, 5));
    await work(bench, 'a', every(40, 1));
    bench.promptFiles.set(qa, 'Mine.\n');
    const { alerts } = await observerOf(bench, on).observer.observe();
    expect(alerts[0]?.severity).toBe('error');
    expect(alerts[0]?.remedy).toContain('could not be rolled back by itself');
    expect(bench.promptFiles.text(qa)).toBe('Mine.\n');
  });

  it('does not roll back for as many sessions with corrections as before, nor for fewer', async () => {
    for (const nth of [5, 10]) {
      const bench = await deployed(every(60, 5));
      await work(bench, 'a', every(60, nth));
      const { alerts } = await observerOf(bench, on).observer.observe();
      expect(alerts).toEqual([]);
      expect(bench.promptFiles.text(qa)).toBe(after);
    }
  });

  it('says that a short baseline can show no rise, however bad it is', async () => {
    const bench = await deployed(every(40, 8));
    await work(bench, 'a', every(20, 10));
    const [found] = (await observerOf(bench).observer.observe()).observations;
    expect(found?.test).toMatchObject({ state: 'baseline-too-small', moreSessions: null });
  });
});
