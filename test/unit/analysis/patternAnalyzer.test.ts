import { describe, expect, it } from 'vitest';
import { PatternAnalyzer } from '../../../src/core/analysis/patternAnalyzer';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import { memoryPorts } from '../support/memoryPorts';
import { correction, session, singleTurns, workspaceTurns } from './corrections';

const said = workspaceTurns.map((text, day) => correction(text, day));
const singles = singleTurns.map((text, index) => correction(text, 10 + index));
const prompt = '# Engineer\n\n- Edit files only in the session workspace, never in the main workspace.\n';

async function workspace(files: Record<string, string> = { '.claude/agents/engineer.md': prompt }) {
  const ports = memoryPorts({ files });
  await ports.store.append('corrections', [...said, ...singles]);
  await ports.store.append(
    'sessions',
    said.map((_, day) => session(day)),
  );
  return { ports, analyzer: new PatternAnalyzer(ports, defaultConfiguration) };
}

describe('the pattern analyzer', () => {
  it('stores patterns, clusters and trends, and finds the instruction that was not followed', async () => {
    const { ports, analyzer } = await workspace();
    const analysis = await analyzer.analyze({});
    const stored = (await ports.store.list('patterns')).records;
    expect(stored).toEqual(analysis.patterns);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      agentType: 'engineer',
      coverage: { state: 'disobeyed', line: 3 },
      support: { sessions: 6 },
      trend: { direction: 'unknown' },
    });
    expect(stored[0]?.exemplars).toHaveLength(5);
    expect((await ports.store.list('trends')).records.map((each) => each.patternId)).toEqual([
      stored[0]?.patternId,
    ]);
    expect((await ports.store.list('clusters')).records).toHaveLength(analysis.clusters.length);
  });

  it('says that an instruction is missing, or that there is no prompt to look into', async () => {
    const missing = await workspace({
      '.claude/agents/engineer.md': '# Engineer\n\n- Write short functions.\n',
    });
    expect((await missing.analyzer.analyze({})).patterns[0]?.coverage.state).toBe('missing');
    const none = await workspace({});
    expect((await none.analyzer.analyze({})).patterns[0]?.coverage).toEqual({ state: 'unknown' });
  });

  it('running again changes nothing, and more corrections keep the id', async () => {
    const { ports, analyzer } = await workspace();
    const [first] = (await analyzer.analyze({})).patterns;
    const before = ports.store.snapshot();
    await analyzer.analyze({});
    expect(ports.store.snapshot()).toBe(before);
    await ports.store.append('corrections', [
      correction('you edited the main workspace, not the session repo', -3),
      correction('why did you edit files in the main workspace, not in the session?', 21),
    ]);
    const again = (await analyzer.analyze({})).patterns;
    expect(again.map((each) => each.patternId)).toEqual([first?.patternId]);
    expect(again[0]?.support.sessions).toBeGreaterThan(first?.support.sessions ?? Number.NaN);
  });

  it('removes what no longer stands, and leaves agents alone that were not asked for', async () => {
    const { ports, analyzer } = await workspace();
    await analyzer.analyze({});
    await analyzer.analyze({ agentTypes: ['qa'] });
    expect((await ports.store.list('patterns')).records).toHaveLength(1);
    await new PatternAnalyzer(ports, { ...defaultConfiguration, correctionAnalysisDays: 1 }).analyze({});
    expect((await ports.store.list('patterns')).records).toEqual([]);
    expect((await ports.store.list('trends')).records).toEqual([]);
  });

  it('only looks when it is asked for another window of days', async () => {
    const { ports, analyzer } = await workspace();
    await analyzer.analyze({});
    const before = ports.store.snapshot();
    expect((await analyzer.analyze({ days: 1 })).patterns).toEqual([]);
    expect(ports.store.snapshot()).toBe(before);
  });

  it('stores nothing when it was cancelled', async () => {
    const { ports, analyzer } = await workspace();
    const before = ports.store.snapshot();
    await expect(analyzer.analyze({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(ports.store.snapshot()).toBe(before);
  });

  it('passes on what could not be read', async () => {
    const { ports, analyzer } = await workspace();
    ports.promptFiles.skipped.push({ path: 'CLAUDE.md', line: 0, reason: 'permission denied' });
    expect((await analyzer.analyze({})).skipped).toEqual([
      { path: 'CLAUDE.md', line: 0, reason: 'permission denied' },
    ]);
  });

  it('has nothing to say of an empty workspace', async () => {
    const ports = memoryPorts();
    const analysis = await new PatternAnalyzer(ports, defaultConfiguration).analyze({});
    expect(analysis).toMatchObject({
      corrections: 0,
      patterns: [],
      clusters: [],
      anomalies: [],
    });
  });
});
