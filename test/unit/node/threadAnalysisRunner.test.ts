import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LocalAnalysisRunner } from '../../../src/core/analysis/analysisRunner';
import { PipelineError } from '../../../src/core/errors';
import type { Correction } from '../../../src/core/model/correction';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { ThreadAnalysisRunner } from '../../../src/node/threadAnalysisRunner';
import { correction, session, workspaceTurns } from '../analysis/corrections';
import { buildAnalysisWorker } from '../support/builtAnalysisWorker';
import { openFixed, temporaryFolder } from '../support/sampleWorkspace';

const script = await buildAnalysisWorker();

const hourly = (text: string, hour: number, agentType: string): Correction =>
  correction(text, hour / 24, { agentType, evidence: { path: 'session.jsonl', line: hour + 1 } });

/** More than go into one message: sixty things, each said in four sessions. */
const repeated = Array.from({ length: 240 }, (_, index) => {
  const thing = `${'abcdefghijklmnopqrstuvwxyz'[index % 20]}${index % 60}`;
  return hourly(`flange${thing} gasket${thing} spigot${thing}`, index, index % 2 === 0 ? 'qa' : 'engineer');
});
const said = [...repeated, ...workspaceTurns.map((text, place) => hourly(text, 240 + place, 'engineer'))];

/** Lets all of them pass as patterns. */
const overrides = { patternDetectionThreshold: 0.2 };

async function workspace(): Promise<string> {
  const folder = temporaryFolder();
  const { ports, close } = await openFixed(folder);
  await ports.store.append('corrections', said);
  await ports.store.append('sessions', [session(1), session(9)]);
  mkdirSync(join(folder, '.claude', 'agents'), { recursive: true });
  const prompt = '# Engineer\n\n- Edit files only in the session workspace.\n';
  writeFileSync(join(folder, '.claude', 'agents', 'engineer.md'), prompt);
  await close();
  return folder;
}

function thread(root: string, from = script): ThreadAnalysisRunner {
  const runner = new ThreadAnalysisRunner(from, { root, overrides, home: root });
  onTestFinished(() => runner.close());
  return runner;
}

/** A thread that does this. */
function threadThat(code: string): ThreadAnalysisRunner {
  const file = join(temporaryFolder(), 'worker.cjs');
  writeFileSync(file, `const { parentPort } = require('node:worker_threads');\n${code}`);
  return thread('nowhere', file);
}

const files = (folder: string): string[] =>
  readdirSync(join(folder, '.claude-pm'), { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.startsWith('.cache'))
    .sort();

describe('an analysis in a thread of its own', () => {
  it('finds what one in this thread finds, the first time and again', async () => {
    const folder = await workspace();
    const { ports, configuration } = await openFixed(folder, { overrides });
    const local = new LocalAnalysisRunner(ports, configuration);
    const before = files(folder);
    const runner = thread(folder);
    for (const request of [{}, { agentTypes: ['QA'] }, { days: 5 }, {}]) {
      const expected = await local.run(request);
      expect(await runner.run(request)).toEqual({ ...expected, assignments: [] });
      expect([...expected.assignments]).toHaveLength(said.length);
    }
    const { patterns, clusters } = await runner.run({});
    expect(patterns.length).toBeGreaterThan(50);
    expect(clusters.length).toBeGreaterThanOrEqual(patterns.length);
    expect(files(folder)).toEqual(before);
  });

  it('sees corrections that were stored since', async () => {
    const folder = await workspace();
    const { ports, configuration } = await openFixed(folder, { overrides });
    const runner = thread(folder);
    const former = await runner.run({});
    const more = workspaceTurns.map((text, place) => hourly(`${text} Again!`, 500 + place, 'engineer'));
    await ports.store.append('corrections', more);
    const latter = await runner.run({});
    expect(latter).toEqual({
      ...(await new LocalAnalysisRunner(ports, configuration).run({})),
      assignments: [],
    });
    expect(latter).not.toEqual(former);
  });

  it('answers several requests, each with its own, and goes on with the others when one is cancelled', async () => {
    const folder = await workspace();
    const runner = thread(folder);
    const controller = new AbortController();
    const all = runner.run({});
    const cancelled = runner.run({}, controller.signal);
    const some = runner.run({ agentTypes: ['engineer'] });
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await all).corrections).toBe(said.length);
    expect((await some).corrections).toBe(said.filter(({ agentType }) => agentType === 'engineer').length);
  });

  it('ends at once when it is cancelled, and the next run works', async () => {
    const runner = thread(await workspace());
    const controller = new AbortController();
    const cancelled = runner.run({}, controller.signal);
    const start = performance.now();
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED', subject: 'analysis' });
    expect(performance.now() - start).toBeLessThan(1000);
    expect((await runner.run({})).corrections).toBe(said.length);
    await expect(runner.run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('ends also where the thread would never look up, and says why', async () => {
    const runner = threadThat('parentPort.on("message", () => { for (;;); });');
    const controller = new AbortController();
    const cancelled = runner.run({}, controller.signal);
    const timedOut = new PipelineError('TIMED_OUT', 'Too long.', { subject: 'x', remedy: 'Wait.' });
    setTimeout(() => controller.abort(timedOut), 100);
    await expect(cancelled).rejects.toBe(timedOut);
  });

  it('says what is wrong with the configuration, and works once that is mended', async () => {
    const folder = await workspace();
    const file = join(folder, '.claude-pm', 'config.json');
    writeFileSync(file, '{ "patternDetectionThreshold": \n');
    const runner = thread(folder);
    const refused = await openWorkspace(folder, { log: nullLog }).catch((error: unknown) => error);
    if (!(refused instanceof PipelineError)) throw new Error('It was read.');
    const { code, message, subject, remedy } = refused;
    expect(code).toBe('INVALID_CONFIGURATION');
    for (let time = 0; time < 2; time++) {
      const answer = runner.run({});
      await expect(answer).rejects.toBeInstanceOf(PipelineError);
      await expect(answer).rejects.toMatchObject({ code, message, subject, remedy });
    }
    rmSync(file);
    expect((await runner.run({})).corrections).toBe(said.length);
  });

  it.each([
    ['throws', 'throw new Error("out of order");', 'out of order'],
    ['throws later', 'parentPort.on("message", () => { throw new Error("no luck"); });', 'no luck'],
    ['exits', 'parentPort.on("message", () => process.exit(3));', 'exit code 3'],
    ['ends', '', 'exit code 0'],
  ])('says so when the thread %s', async (_what, code, reason) => {
    const runner = threadThat(code);
    const [first, second] = await Promise.allSettled([runner.run({}), runner.run({})]);
    for (const outcome of [first, second])
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'ILLEGAL_STATE', message: expect.stringContaining(reason) },
      });
    await expect(runner.run({})).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('says so when there is no such file', async () => {
    const missing = thread('nowhere', join(temporaryFolder(), 'missing.js'));
    await expect(missing.run({})).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      message: expect.stringContaining('missing.js'),
    });
  });

  it('lets nobody wait for what was closed', async () => {
    const runner = thread(await workspace());
    await runner.close();
    const waiting = Promise.allSettled([runner.run({}), runner.run({ agentTypes: ['qa'] })]);
    await runner.close();
    for (const outcome of await waiting)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    expect((await runner.run({})).corrections).toBe(said.length);
  });

  it('is what a workspace analyzes in when its host asks for it', async () => {
    const folder = await workspace();
    const { analyzer, ports } = await openFixed(folder, { overrides, analysisThread: script });
    const { patterns, assignments } = await analyzer.analyze({});
    expect([...assignments]).toEqual([]);
    expect((await ports.store.list('patterns')).records.map(({ patternId }) => patternId).sort()).toEqual(
      patterns.map(({ patternId }) => patternId).sort(),
    );
  });
});
