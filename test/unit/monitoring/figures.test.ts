import { describe, expect, it } from 'vitest';
import { buildMonitoring } from '../../../src/core/monitoring/buildMonitoring';
import { type Figure, type FigureId, figureIds, figureOf } from '../../../src/core/monitoring/figure';
import type { MonitoringRecords } from '../../../src/core/monitoring/monitoringRecords';
import { failure, noRecords, report, run, stages } from './samples';

const now = Date.parse('2026-03-09T00:00:00Z');

function figure(id: FigureId, records: Partial<MonitoringRecords>): Figure {
  const found = buildMonitoring({ ...noRecords, ...records }, now).figures.find((each) => each.id === id);
  if (!found) throw new Error(`no figure ${id}`);
  return found;
}

describe('a figure beside its target', () => {
  const input = {
    id: 'completion',
    label: 'x',
    unit: 'share',
    sample: { size: 10, of: 'runs' },
    measured: '',
  } as const;
  it.each([
    ['above', 0.9, 0.9, 'missed'],
    ['above', 0.9, 0.91, 'met'],
    ['at least', 100, 100, 'met'],
    ['at most', 900, 900, 'met'],
    ['at most', 900, 901, 'missed'],
    ['below', 0.05, 0.05, 'missed'],
  ] as const)('%s %d: %d is %s', (bound, limit, value, outcome) => {
    expect(figureOf({ ...input, value, target: { bound, value: limit } }).outcome).toBe(outcome);
  });

  it('is sure only where the whole interval lies on one side', () => {
    const target = { bound: 'above', value: 0.9 } as const;
    expect(figureOf({ ...input, target, value: 0.95, interval: [0.92, 0.99] }).sure).toBe(true);
    expect(figureOf({ ...input, target, value: 0.95, interval: [0.7, 0.99] }).sure).toBe(false);
    expect(figureOf({ ...input, target, value: 0.5, interval: [0.3, 0.7] }).sure).toBe(true);
  });

  it('is not measured without records, whichever it is, and says what would measure it', () => {
    const { figures } = buildMonitoring(noRecords, now);
    expect(figures.map(({ id }) => id)).toEqual(figureIds);
    for (const each of figures) {
      expect(each, each.id).toMatchObject({ value: null, interval: null, outcome: 'unknown', sure: false });
      expect(each.measured, each.id).toMatch(/measures? it|measured once|npm run bench/);
    }
  });
});

describe('the figures of runs', () => {
  const full = stages(
    ['capture', 20, { counts: { found: 60 } }],
    ['analyze', 10, { counts: { corrections: 100 } }],
    ['improve', 30],
  );

  it('counts what is completed of what ended and nobody cancelled', () => {
    const executions = [
      ...Array.from({ length: 8 }, (_, index) => run(`ok${index}`)),
      run('p', { status: 'partial' }),
      run('t', { status: 'timed-out' }),
      run('c', { status: 'cancelled' }),
      run('live', { status: 'running', endedAt: null }),
    ];
    const found = figure('completion', { executions });
    expect(found).toMatchObject({ value: 0.8, sample: { size: 10 }, outcome: 'missed' });
    // Wilson interval of 8 of 10.
    expect(found.interval?.[0]).toBeCloseTo(0.4902, 3);
    expect(found.interval?.[1]).toBeCloseTo(0.9433, 3);
    expect(found.sure).toBe(true);
  });

  it('takes the corrections analysed over the time of capture and analyze, the median of runs', () => {
    const slow = stages(['capture', 60], ['analyze', 60, { counts: { corrections: 100 } }]);
    const faster = stages(['capture', 10], ['analyze', 5, { counts: { corrections: 100 } }]);
    const executions = [run('a', { stages: full }), run('b', { stages: slow }), run('c', { stages: faster })];
    // 100 in 30 s, in 120 s, in 15 s.
    expect(figure('throughput', { executions })).toMatchObject({
      value: 200,
      sample: { size: 3 },
      outcome: 'met',
    });
    expect(figure('throughput', { executions: [run('b', { stages: slow })] })).toMatchObject({
      value: 50,
      outcome: 'missed',
    });
  });

  it('measures no time by a clock that stands still, and no pace of a run without corrections', () => {
    const still = stages(['capture', 0], ['analyze', 0, { counts: { corrections: 100 } }]);
    const empty = stages(['capture', 5], ['analyze', 5, { counts: { corrections: 0 } }]);
    expect(figure('throughput', { executions: [run('a', { stages: still })] }).value).toBeNull();
    expect(figure('runTime', { executions: [run('a', { stages: still })] }).value).toBeNull();
    expect(figure('throughput', { executions: [run('b', { stages: empty })] }).value).toBeNull();
  });

  it('takes the longest run of all agents, without its pauses, and leaves targeted ones out', () => {
    const executions = [
      run('a', { stages: full, endedAt: '2026-03-02T12:00:00Z' }),
      run('b', { stages: stages(['capture', 2000]), request: { agentTypes: ['qa'] } }),
      run('c', { stages: stages(['capture', 3000]), status: 'failed' }),
    ];
    expect(figure('runTime', { executions })).toMatchObject({
      value: 60,
      sample: { size: 1 },
      outcome: 'met',
    });
    expect(figure('runTime', { executions: [run('d', { stages: stages(['analyze', 901]) })] })).toMatchObject(
      { value: 901, outcome: 'missed' },
    );
  });

  it('takes the memory of a command line’s process, and else what a window’s grew by, which is a stand-in', () => {
    const memory = (atStart: number, peak: number, exact = true) => ({ atStart, peak, exact });
    const inWindow = run('w', { trigger: 'command', memory: memory(400e6, 900e6, false) });
    const alone = run('a', { memory: memory(60e6, 310e6) });
    expect(figure('memory', { executions: [inWindow, alone, run('old')] })).toMatchObject({
      value: 310e6,
      proxy: false,
      sample: { size: 1 },
      outcome: 'met',
    });
    const standIn = figure('memory', { executions: [inWindow] });
    expect(standIn).toMatchObject({ value: 500e6, proxy: true, outcome: 'missed' });
    expect(standIn.measured).toContain('In 1 it was looked at twice a second');
  });
});

describe('the figures of evidence', () => {
  const edited = (dismissed: boolean) => ({ at: '2026-03-02T10:00:00Z', fields: [], dismissed });

  it('stand in for the accuracy of detection only once a person has handled a correction', () => {
    const untouched = Array.from({ length: 18 }, () => ({ source: 'codex' as const }));
    expect(figure('detection', { corrections: untouched })).toMatchObject({ value: null, proxy: true });
    const corrections = [
      ...untouched,
      { source: 'codex' as const, edited: edited(true) },
      { source: 'codex' as const, edited: edited(false) },
      { source: 'manual' as const, edited: edited(true) },
    ];
    expect(figure('detection', { corrections })).toMatchObject({
      value: 0.95,
      sample: { size: 20 },
      outcome: 'met',
      proxy: true,
    });
  });

  it('count a validation as passed by the verdict ship alone, and no comparison of two texts', () => {
    const reports = [
      report('a', { passed: 9, of: 10 }),
      report('b', { passed: 9, of: 10, verdict: 'inconclusive' }),
      report('c', { passed: 0, of: 10, verdict: 'reject' }),
      report('d', { passed: 9, of: 10, tier: 'replay' }),
      report('e', { passed: 9, of: 10, improvementId: null }),
    ];
    const found = figure('validation', { reports });
    expect(found).toMatchObject({ value: 0.5, sample: { size: 4 }, outcome: 'missed', sure: false });
    expect(found.measured).toContain('2 ship, 1 reject, 1 inconclusive');
    expect(found.measured).toContain('3 of them rest on the static tier');
  });

  it('hold deployments that failed against those that were verified', () => {
    const audit = [
      { action: 'template.deploy-failed', detail: { code: 'TARGET_CHANGED' }, at: '2026-03-02T10:00:00Z' },
      { action: 'template.deploy-refused', detail: {}, at: '2026-03-02T10:00:00Z' },
    ];
    const found = figure('deployment', { audit });
    expect(found).toMatchObject({ value: 0, sample: { size: 1 }, outcome: 'missed' });
    expect(found.measured).toContain('1 that a gate refused');
  });
});

describe('times, paces and errors', () => {
  const first = run('a', {
    startedAt: '2026-03-01T10:00:00Z',
    stages: stages(
      ['capture', 10, { counts: { found: 30 } }],
      ['analyze', 20, { counts: { corrections: 40 } }],
      ['improve', 3, { agentType: 'qa' }],
      ['improve', 5, { agentType: 'ops' }],
    ),
  });
  const second = run('b', {
    status: 'partial',
    stages: stages(
      ['capture', 30, { counts: { found: 30 } }],
      ['improve', 2, { agentType: 'qa' }],
      ['validate', 1, { agentType: 'qa', ...failure('STORAGE_FAILED') }],
      ['validate', 1, { agentType: 'ops', ...failure('TIMED_OUT') }],
      ['observe', 1, failure('CANCELLED')],
    ),
  });
  const audit = [
    { action: 'template.deploy-failed', detail: { code: 'STORAGE_FAILED' }, at: '2026-04-01T00:00:00Z' },
  ];
  const found = buildMonitoring({ ...noRecords, executions: [second, first], audit }, now);

  it('sum up what the agents of a stage took in a run, in the order of the stages', () => {
    expect(found.stages).toEqual([
      { stage: 'capture', runs: 2, median: 20, longest: 30, last: 30 },
      { stage: 'analyze', runs: 1, median: 20, longest: 20, last: 20 },
      { stage: 'improve', runs: 2, median: 5, longest: 8, last: 2 },
    ]);
  });

  it('give the pace of each part', () => {
    expect(found.throughput).toEqual([
      { part: 'capture', runs: 2, median: 120, slowest: 60, last: 60 },
      { part: 'analyze', runs: 1, median: 120, slowest: 120, last: 120 },
      { part: 'capture and analyze', runs: 1, median: 80, slowest: 80, last: 80 },
      { part: 'whole run', runs: 1, median: (40 / 38) * 60, slowest: (40 / 38) * 60, last: (40 / 38) * 60 },
    ]);
  });

  it('count failures and time-outs by component, and nothing that a person cancelled', () => {
    const rates = Object.fromEntries(
      found.errorsByComponent.map(({ component, failed }) => [component, [failed.count, failed.of]]),
    );
    expect(rates).toEqual({
      CorrectionCapture: [0, 2],
      PatternAnalyzer: [0, 1],
      PromptImprover: [0, 3],
      PromptValidator: [2, 2],
      PromptImprovementPipeline: [0, 0],
      EffectObserver: [0, 0],
      PromptTemplateManager: [1, 1],
    });
    expect(found.errorsByComponent.at(-3)?.failed.value).toBeNull();
  });

  it('count errors by their code, wherever they came from', () => {
    expect(found.errorsByCode).toEqual([
      {
        code: 'STORAGE_FAILED',
        times: 2,
        components: ['PromptTemplateManager', 'PromptValidator'],
        last: '2026-04-01T00:00:00Z',
      },
      expect.objectContaining({ code: 'TIMED_OUT', times: 1, components: ['PromptValidator'] }),
    ]);
  });

  it('list the runs, the newest first, with what failed', () => {
    expect(found.runsByStatus).toEqual({ completed: 1, partial: 1 });
    expect(found.runs.map(({ executionId, seconds }) => [executionId, seconds])).toEqual([
      ['b', 35],
      ['a', 38],
    ]);
    expect(found.runs[0]?.failed).toEqual([
      { stage: 'validate', agentType: 'qa', code: 'STORAGE_FAILED' },
      { stage: 'validate', agentType: 'ops', code: 'TIMED_OUT' },
    ]);
  });
});
