import { describe, expect, it } from 'vitest';
import { type AnalysisRequest, LocalAnalysisRunner } from '../../../src/core/analysis/analysisRunner';
import type { Analysis } from '../../../src/core/analysis/analyzeTable';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import { type MemoryPorts, memoryPorts } from '../support/memoryPorts';
import { correction, session, singleTurns, testTurns, workspaceTurns } from './corrections';

const said = [...workspaceTurns, ...testTurns, ...singleTurns].map((text, day) =>
  correction(text, day, { agentType: day < 6 ? 'engineer' : 'qa' }),
);

async function stored(): Promise<MemoryPorts> {
  const ports = memoryPorts({ files: { '.claude/agents/qa.md': '# QA\n\n- Run the tests first.\n' } });
  await ports.store.append('corrections', said);
  await ports.store.append('sessions', [session(1), session(20)]);
  return ports;
}

const written = (analysis: Analysis): string =>
  JSON.stringify({ ...analysis, assignments: [...analysis.assignments] });

/** By a runner that has run nothing before. */
const fresh = async (ports: MemoryPorts, request: AnalysisRequest = {}): Promise<string> =>
  written(await new LocalAnalysisRunner(ports, defaultConfiguration).run(request));

describe('running an analysis', () => {
  it('gives what a new runner gives after whatever was stored, edited or dismissed', async () => {
    const ports = await stored();
    const runner = new LocalAnalysisRunner(ports, defaultConfiguration);
    const seen = new Set<string>();
    const check = async (request: AnalysisRequest = {}): Promise<void> => {
      const expected = await fresh(ports, request);
      expect(written(await runner.run(request))).toBe(expected);
      seen.add(expected);
    };
    await check();
    await check();
    await check({ agentTypes: ['QA'] });
    await check({ days: 3 });
    const [first, second, third] = said;
    if (!first || !second || !third) throw new Error('There are none.');
    const at = '2026-11-01T12:00:00.000Z';
    const edited = (fields: string[], dismissed: boolean) => ({ edited: { at, fields, dismissed } });
    await ports.store.append('corrections', [correction('once more: run the tests first', 25)]);
    await check();
    await ports.store.append('corrections', [{ ...first, ...edited([], true) }]);
    await check();
    await ports.store.append('corrections', [
      { ...second, severity: 'critical', ...edited(['severity'], false) },
    ]);
    await check();
    await ports.store.append('corrections', [
      { ...third, originalResponse: 'I pushed it.', ...edited(['originalResponse'], false) },
    ]);
    await check();
    await ports.store.append('sessions', [session(12, { interactions: { engineer: 1, qa: 7 } })]);
    await check();
    ports.promptFiles.set('.claude/agents/qa.md', '# QA\n\n- Be brief.\n');
    await check();
    // Only running again and again with nothing new gives the same.
    expect(seen.size).toBe(9);
  });

  it('keeps requests that come at once apart', async () => {
    const ports = await stored();
    const requests: AnalysisRequest[] = [{}, { agentTypes: ['qa'] }, { days: 4 }];
    const expected = [];
    for (const request of requests) expected.push(await fresh(ports, request));
    const runner = new LocalAnalysisRunner(ports, defaultConfiguration);
    const found = await Promise.all(requests.map((request) => runner.run(request)));
    expect(found.map(written)).toEqual(expected);
  });

  it('tells what could not be read, of every kind of record', async () => {
    const ports = await stored();
    ports.promptFiles.skipped.push({ path: 'bad.md', line: 0, reason: 'It is not UTF-8.' });
    ports.store.unreadable.push({ path: 'x.json', line: 0, reason: 'It is no JSON.' });
    const { skipped } = await new LocalAnalysisRunner(ports, defaultConfiguration).run({});
    expect(skipped.map(({ path }) => path)).toEqual([...Array(5).fill('x.json'), 'bad.md']);
  });

  it('can be cancelled, and run then', async () => {
    const ports = await stored();
    const runner = new LocalAnalysisRunner(ports, defaultConfiguration);
    await expect(runner.run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(written(await runner.run({}))).toBe(await fresh(ports));
  });
});
