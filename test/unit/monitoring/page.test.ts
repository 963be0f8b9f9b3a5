import { describe, expect, it } from 'vitest';
import { buildMonitoring } from '../../../src/core/monitoring/buildMonitoring';
import type { MonitoringRecords } from '../../../src/core/monitoring/monitoringRecords';
import { reportPieces } from '../../../src/core/report/exportReport';
import { monitoringPart } from '../../../src/core/report/monitoring/monitoringPart';
import { duration, figureText, minute, share } from '../../../src/core/report/monitoring/units';
import { hostile, sampleModel } from '../report/samples';
import { alert, check, failure, noRecords, report, run, stages } from './samples';

const now = Date.parse('2026-03-09T00:00:00Z');

const page = (records: Partial<MonitoringRecords>) =>
  monitoringPart(buildMonitoring({ ...noRecords, ...records }, now), true).markup;

const busy: Partial<MonitoringRecords> = {
  executions: [
    run('e_1', { stages: stages(['capture', 2], ['analyze', 3, { counts: { corrections: 50 } }]) }),
    run('e_2', { status: 'failed', stages: stages(['analyze', 1, failure('STORAGE_FAILED')]) }),
  ],
  reports: [report('r', { passed: 3, of: 4 })],
  alerts: [alert('al_1'), alert('al_2', { resolvedAt: '2026-03-03T00:00:00Z' })],
  health: [check(0, 'failing'), check(60, 'healthy')],
};

describe('units', () => {
  it('keep a share that misses its target apart from the target', () => {
    expect(share(0.9496)).toBe('95%');
    expect(share(0.949)).toBe('94.9%');
    expect(share(1)).toBe('100%');
  });

  it('are words that a person reads', () => {
    expect([0.04, 9.94, 9.96, 59.6, 60, 905].map(duration)).toEqual([
      '0 s',
      '9.9 s',
      '10 s',
      '1 min',
      '1 min',
      '15 min 5 s',
    ]);
    expect(figureText({ unit: 'bytes', value: 312_400_000 })).toBe('312 MB');
    expect(figureText({ unit: 'perMinute', value: 1234.4 })).toBe('1,234 a minute');
    expect(figureText({ unit: 'share', value: null })).toBe('Not measured yet');
    expect(minute('2026-03-02T10:00:30+02:00')).toBe('2026-03-02 08:00');
    expect(minute('no time')).toBe('no time');
  });
});

describe('the page of the monitoring', () => {
  it('claims nothing where nothing is recorded', () => {
    const empty = page({});
    expect(empty.match(/Not measured yet/g)?.length).toBeGreaterThanOrEqual(10);
    expect(empty).toContain('No run yet.');
    expect(empty).toContain('No alert is open.');
    expect(empty).not.toMatch(/NaN|Infinity|undefined/);
    expect(empty).not.toContain('<svg');
  });

  it('shows figures beside their targets, and a table beside every chart', () => {
    const markup = page(busy);
    expect(markup).toContain('<strong>50%</strong>');
    expect(markup).toContain('above 95%');
    expect(markup).toContain('✗ missed');
    expect(markup).toContain('1 alert was resolved');
    expect(markup).not.toMatch(/NaN|Infinity|undefined/);
    const charts = markup.split('<svg').slice(1);
    expect(charts.length).toBe(5);
    for (const rest of charts) expect(rest).toContain('<table>');
    expect(markup.match(/<svg[^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(charts.length);
  });

  it('has no style attribute, no script and no colour of its own', () => {
    const markup = page(busy);
    expect(markup).not.toMatch(/ style=| on[a-z]+=|<script|#[0-9a-f]{6}|(?:fill|stroke)="/i);
  });

  it('escapes whatever a record holds', () => {
    const markup = page({
      executions: [
        run(hostile, {
          stages: stages(['validate', 1, { agentType: hostile, ...failure(hostile) }]),
        }),
      ],
      reports: [{ ...report(hostile, { passed: 1, of: 2 }), agentType: hostile }],
      alerts: [alert('al', { message: hostile, remedy: hostile, rule: hostile })],
      health: [check(0, 'failing', hostile)],
      templates: [
        {
          schemaVersion: 1,
          templateId: hostile,
          templateType: 'agent_prompt',
          agentType: hostile,
          path: hostile,
          createdAt: '2026-03-02T10:00:00Z',
          currentVersion: '1.0.0',
          deployedVersion: '1.0.0',
        },
      ],
      deployments: [
        {
          schemaVersion: 1,
          deploymentId: `${hostile}.000001.00`,
          kind: 'rollback',
          templateId: hostile,
          agentType: hostile,
          target: hostile,
          fromVersion: hostile,
          toVersion: hostile,
          contentHashBefore: null,
          contentHashAfter: null,
          backup: null,
          verified: true,
          reason: hostile,
          author: hostile,
          deployedAt: '2026-03-02T10:00:00Z',
        },
      ],
      audit: [{ action: 'template.deploy-failed', detail: { code: hostile }, at: hostile }],
    });
    expect(markup).toContain('&lt;script&gt;');
    expect(markup).not.toMatch(/<script|<img/);
  });

  it('keeps a page of many runs small, and says what it leaves out', () => {
    const executions = Array.from({ length: 400 }, (_, index) =>
      run(`e_${index}`, { stages: stages(['capture', 2]) }),
    );
    const markup = page({ executions });
    expect(markup).toContain('Shown are the newest 30; the export as JSON has all 400.');
    expect(markup.match(/<code>e_/g)).toHaveLength(30);
  });
});

describe('the monitoring in the exports', () => {
  const monitoring = buildMonitoring({ ...noRecords, ...busy }, now);
  const model = { ...sampleModel, monitoring };

  it('is a section of the page, and data in the JSON', () => {
    const html = [...reportPieces(model, 'html')].join('');
    expect(html).toContain('<h2>Monitoring</h2>');
    expect(html).not.toContain('data-action');
    const document = JSON.parse([...reportPieces(model, 'json')].join(''));
    expect(document.monitoring).toEqual(JSON.parse(JSON.stringify(monitoring)));
    expect(document.skipped).toEqual(sampleModel.skipped);
  });

  it('is a table of its own as CSV, in which nothing runs as a formula', () => {
    const risky = buildMonitoring({ ...noRecords, alerts: [alert('a', { message: '=1+1' })] }, now);
    const lines = [...reportPieces({ ...model, monitoring: risky }, 'csv', 'monitoring')]
      .join('')
      .split('\r\n');
    expect(lines[0]).toBe('part,subject,figure,at,value,low,high,sample,note');
    expect(lines[1]).toMatch(/^figure,completion,Runs completed,,,,,0,/);
    expect(lines.find((line) => line.startsWith('alert,'))).toMatch(/,'=1\+1$/);
    expect([...reportPieces(model, 'csv')].join('')).toMatch(/^patternId,/);
    const full = [...reportPieces(model, 'csv', 'monitoring')].join('');
    expect(full).toContain('figure,completion,Runs completed,,0.5,');
    expect(full).toContain('run,e_1,seconds,2026-03-02T10:00:00.000Z,5,,,,completed');
  });
});
