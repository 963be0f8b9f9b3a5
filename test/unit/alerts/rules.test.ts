import { describe, expect, it } from 'vitest';
import type { RuleEvidence } from '../../../src/core/alerts/alertRule';
import { alertRules } from '../../../src/core/alerts/registry';
import { type AlertRuleName, type AlertRules, alertRulesSchema } from '../../../src/core/model/alertRules';
import type { AuditEntry } from '../../../src/core/model/audit';
import type { Execution, StageRecord } from '../../../src/core/model/execution';
import type { Experiment } from '../../../src/core/model/experiment';
import type { Deployment } from '../../../src/core/model/template';
import type { ValidationReport } from '../../../src/core/model/validation';
import { experiment } from '../canary/experimentSamples';

const defaults = alertRulesSchema.parse({});
const start = Date.parse('2026-11-01T00:00:00.000Z');
const at = (minutes: number, seconds = 0) =>
  new Date(start + minutes * 60_000 + seconds * 1000).toISOString();

const nothing: RuleEvidence = {
  now: new Date(at(600)),
  components: [],
  observations: [],
  executions: [],
  reports: [],
  deployments: [],
  experiments: [],
  effects: [],
  audit: [],
};

function conditions(rule: AlertRuleName, evidence: Partial<RuleEvidence>, rules: AlertRules = defaults) {
  const found = alertRules
    .map((apply) => apply({ ...nothing, ...evidence }, rules))
    .find((each) => each.rule === rule);
  if (found === undefined) throw new Error(`no rule ${rule}`);
  return found.conditions;
}

function stage(more: Partial<StageRecord> & { minute?: number; seconds?: number } = {}): StageRecord {
  const { minute = 0, seconds = 10, ...rest } = more;
  return {
    stage: 'analyze',
    agentType: null,
    status: 'completed',
    startedAt: at(minute),
    endedAt: at(minute, seconds),
    counts: { patterns: 3 },
    ...rest,
  };
}

function execution(
  number: number,
  status: Execution['status'],
  stages: readonly StageRecord[] = [],
): Execution {
  return {
    schemaVersion: 1,
    executionId: `e_${number}`,
    trigger: 'test',
    status,
    startedAt: at(number),
    endedAt: at(number, 30),
    agents: [],
    stages: [...stages],
  };
}

const timed = (...seconds: readonly number[]) =>
  seconds.map((each, index) => execution(index, 'completed', [stage({ minute: index, seconds: each })]));

describe('a stage that is slow', () => {
  it.each([
    { last: 20, raised: 0, why: 'twice the median exactly' },
    { last: 20.1, raised: 1, why: 'more than twice' },
  ])('is told of at $why: $raised', ({ last, raised }) => {
    expect(conditions('slowStage', { executions: timed(8, 9, 10, 11, 12, last) })).toHaveLength(raised);
  });

  it('needs five runs before it', () => {
    expect(conditions('slowStage', { executions: timed(10, 10, 10, 10, 100) })).toEqual([]);
    expect(conditions('slowStage', { executions: timed(10, 10, 10, 10, 10, 100) })).toHaveLength(1);
  });

  it('takes the median, which one outlier does not move', () => {
    expect(conditions('slowStage', { executions: timed(10, 10, 10, 10, 1000, 30) })).toHaveLength(1);
  });

  it('is not looked for below a second, nor among failed stages, nor across agents', () => {
    expect(conditions('slowStage', { executions: timed(0.01, 0.01, 0.01, 0.01, 0.01, 0.9) })).toEqual([]);
    const slow = execution(9, 'completed', [stage({ minute: 9, seconds: 100, agentType: 'qa' })]);
    expect(conditions('slowStage', { executions: [...timed(1, 1, 1, 1, 1), slow] })).toEqual([]);
  });

  it('goes by the factor that is set', () => {
    const rules = alertRulesSchema.parse({ slowStage: { factor: 5 } });
    expect(conditions('slowStage', { executions: timed(10, 10, 10, 10, 10, 50) }, rules)).toEqual([]);
    expect(conditions('slowStage', { executions: timed(10, 10, 10, 10, 10, 51) }, rules)).toHaveLength(1);
  });
});

describe('runs that fail', () => {
  it.each(['failed', 'partial', 'timed-out'] as const)('are told of: %s', (status) => {
    const found = conditions('failedRun', { executions: [execution(1, 'completed'), execution(2, status)] });
    expect(found.map(({ subject }) => subject)).toEqual(['e_2']);
  });

  it.each(['completed', 'cancelled'] as const)('are not those that are %s', (status) => {
    expect(conditions('failedRun', { executions: [execution(1, status)] })).toEqual([]);
  });

  it('are each an event, until one completes', () => {
    const failed = [execution(1, 'failed'), execution(2, 'failed')];
    expect(conditions('failedRun', { executions: failed })).toHaveLength(2);
    expect(conditions('failedRun', { executions: [...failed, execution(3, 'cancelled')] })).toHaveLength(2);
    expect(conditions('failedRun', { executions: [...failed, execution(3, 'completed')] })).toEqual([]);
  });

  it('name the stage and its error’s code', () => {
    const error = { code: 'STORAGE_FAILED', message: 'm', subject: 's', remedy: 'r' };
    const stages = [stage({ stage: 'improve', agentType: 'qa', status: 'failed', error })];
    const [found] = conditions('failedRun', { executions: [execution(1, 'partial', stages)] });
    expect(found?.message).toContain('improve of qa: STORAGE_FAILED');
  });
});

function report(number: number, verdict: ValidationReport['verdict']): ValidationReport {
  const reportId = `r_${number}`;
  return { reportId, verdict, createdAt: at(number) } as ValidationReport;
}

describe('validations that fail', () => {
  const reports = (rejected: number, others: number) => [
    ...Array.from({ length: others }, (_, index) => report(index, 'ship')),
    ...Array.from({ length: rejected }, (_, index) => report(100 + index, 'reject')),
  ];

  it.each([
    { rejected: 5, others: 5, raised: 0 },
    { rejected: 6, others: 4, raised: 1 },
    { rejected: 5, others: 0, raised: 0 },
    { rejected: 6, others: 0, raised: 1 },
    { rejected: 10, others: 40, raised: 1 },
  ])('are too many at $rejected of $rejected + $others: $raised', ({ rejected, others, raised }) => {
    expect(conditions('validationFailures', { reports: reports(rejected, others) })).toHaveLength(raised);
  });

  it('leave older ones aside, whatever the order of the records', () => {
    const old = Array.from({ length: 20 }, (_, index) => report(index, 'reject'));
    const young = Array.from({ length: 10 }, (_, index) => report(100 + index, 'ship'));
    expect(conditions('validationFailures', { reports: [...young, ...old] })).toEqual([]);
  });

  it('count inconclusive as no failure, and a stage that could not be done as one', () => {
    const inconclusive = Array.from({ length: 10 }, (_, index) => report(index, 'inconclusive'));
    expect(conditions('validationFailures', { reports: inconclusive })).toEqual([]);
    const broken = Array.from({ length: 6 }, (_, index) =>
      execution(index, 'partial', [
        stage({ stage: 'validate', agentType: 'qa', status: 'failed', minute: index }),
      ]),
    );
    expect(conditions('validationFailures', { executions: broken })).toHaveLength(1);
  });
});

describe('a stage without output', () => {
  const giving = (...patterns: readonly number[]) =>
    patterns.map((each, index) =>
      execution(index, 'completed', [stage({ minute: index, counts: { patterns: each } })]),
    );

  it.each([
    { patterns: [4, 4, 4, 0], raised: ['e_3'] },
    { patterns: [4, 4, 0], raised: [] },
    { patterns: [0, 4, 4, 0], raised: [] },
    { patterns: [4, 4, 4, 0, 0, 0], raised: ['e_3'] },
    { patterns: [4, 4, 4, 0, 1], raised: [] },
    { patterns: [0, 0, 0, 0], raised: [] },
    { patterns: [], raised: [] },
  ])('is told of for $patterns: $raised', ({ patterns, raised }) => {
    expect(conditions('zeroOutput', { executions: giving(...patterns) }).map(({ event }) => event)).toEqual(
      raised,
    );
  });
});

function deployment(templateId: string, minute: number, more: Partial<Deployment> = {}): Deployment {
  return {
    deploymentId: `${templateId}.${minute}`,
    kind: 'deploy',
    templateId,
    target: `${templateId}.md`,
    verified: true,
    deployedAt: at(minute),
    ...more,
  } as Deployment;
}

function entry(action: string, subject: string, minute: number): AuditEntry {
  return {
    entryId: `w-${minute}`,
    action,
    subject,
    at: at(minute),
    detail: { code: 'TARGET_CHANGED' },
  } as unknown as AuditEntry;
}

describe('deployments that fail', () => {
  it.each(['template.deploy-failed', 'template.rollback-failed'])('are told of by the log: %s', (action) => {
    const [found, ...more] = conditions('failedDeployment', { audit: [entry(action, 'qa', 5)] });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ subject: 'qa', event: 'w-5' });
    expect(found?.message).toContain('TARGET_CHANGED');
  });

  it('are over once one of the same template succeeds, not one of another', () => {
    const audit = [entry('template.deploy-failed', 'qa', 5)];
    expect(conditions('failedDeployment', { audit, deployments: [deployment('docs', 6)] })).toHaveLength(1);
    expect(conditions('failedDeployment', { audit, deployments: [deployment('qa', 4)] })).toHaveLength(1);
    expect(conditions('failedDeployment', { audit, deployments: [deployment('qa', 6)] })).toEqual([]);
  });

  it('are history after seven days', () => {
    const audit = [entry('template.deploy-failed', 'qa', 0)];
    expect(conditions('failedDeployment', { audit, now: new Date(at(7 * 24 * 60)) })).toHaveLength(1);
    expect(conditions('failedDeployment', { audit, now: new Date(at(7 * 24 * 60 + 1)) })).toEqual([]);
  });

  it('include one that was not verified, and no refusal by a gate', () => {
    expect(
      conditions('failedDeployment', { deployments: [deployment('qa', 1, { verified: false })] }),
    ).toHaveLength(1);
    expect(conditions('failedDeployment', { audit: [entry('template.deploy-refused', 'qa', 5)] })).toEqual(
      [],
    );
  });
});

describe('what the checks saw', () => {
  it('is a stale source only after more than the days that are set', () => {
    const unread = (days: number) => [{ kind: 'unread-source', source: 'codex', path: 'p', days } as const];
    expect(conditions('staleSource', { observations: unread(7) })).toEqual([]);
    expect(conditions('staleSource', { observations: unread(7.01) })).toHaveLength(1);
  });

  it('is one alert for each unreadable record, and one for all beyond twenty', () => {
    const unreadable = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => ({ kind: 'unreadable', path: `f${index}.json`, line: 1, reason: 'cut' }) as const,
      );
    expect(conditions('corruptRecords', { observations: unreadable(20) })).toHaveLength(20);
    const many = conditions('corruptRecords', { observations: unreadable(10_000) });
    expect(many).toHaveLength(21);
    expect(many.at(-1)?.message).toContain('9980 more');
  });

  it('is one event of drift for each deployment, however often the file is edited', () => {
    const drifted = {
      kind: 'drift',
      templateId: 'qa',
      path: 'qa.md',
      version: '1.0.1',
      deploymentId: 'd2',
      exists: true,
    } as const;
    const [found] = conditions('drift', { observations: [drifted] });
    expect(found).toMatchObject({ subject: 'qa', event: 'd2', path: 'qa.md' });
    for (const way of ['adopt', 'roll back', 'deploy again']) expect(found?.remedy).toContain(way);
  });

  it('is a failing component, and none that is degraded or told of elsewhere', () => {
    const component = (name: string, status: 'failing' | 'degraded') => ({ name, status, detail: 'd' });
    const components = [
      component('Disk', 'failing'),
      component('Clock', 'degraded'),
      component('Webhook', 'failing'),
    ];
    expect(conditions('failingComponent', { components }).map(({ subject }) => subject)).toEqual(['Disk']);
  });
});

describe('a component that fails', () => {
  it.each([
    { name: 'Audit', observations: [{ kind: 'audit', firstBroken: 'w-1' }] },
    {
      name: 'Targets',
      observations: [{ kind: 'target', templateId: 'q', path: 'q.md', line: 1, reason: 'r', remedy: 'm' }],
    },
  ] as const)(
    'is told of once: $name by a rule of its own where that saw something, else by this one',
    ({ name, observations }) => {
      const components = [
        { name, status: 'failing' as const, detail: 'The check itself failed: RangeError' },
      ];
      expect(conditions('failingComponent', { components })).toHaveLength(1);
      expect(conditions('failingComponent', { components, observations })).toEqual([]);
    },
  );
});

describe('an experiment that was rolled back', () => {
  const ended = (
    cause: NonNullable<Experiment['end']>['cause'],
    minute: number,
    over: Partial<Experiment> = {},
  ) =>
    experiment({
      startedAt: at(0),
      status: 'rolled-back',
      end: { at: at(minute), cause, automatic: true, reason: 'More trouble.', inputs: {} },
      ...over,
    });

  it.each(['harm', 'ratio-broken', 'candidate-broken'] as const)('is told: %s', (cause) => {
    expect(conditions('canaryRolledBack', { experiments: [ended(cause, 500)] })).toMatchObject([
      {
        subject: 'claude-agents-qa',
        event: 'e1',
        message: 'The canary 1.1.0 of qa was rolled back. More trouble.',
      },
    ]);
  });

  it('is no news where a person asked for it, after a week, and once another one has begun', () => {
    const later = experiment({ experimentId: 'e2', startedAt: at(550) });
    const now = new Date(at(500 + 7 * 24 * 60));
    expect(conditions('canaryRolledBack', { experiments: [ended('request', 500)] })).toEqual([]);
    expect(conditions('canaryRolledBack', { experiments: [ended('harm', 500)], now })).toEqual([]);
    expect(conditions('canaryRolledBack', { experiments: [ended('harm', 500), later] })).toEqual([]);
  });
});

describe('every rule', () => {
  const evidence: RuleEvidence = {
    ...nothing,
    now: new Date(at(10)),
    components: [{ name: 'Disk', status: 'failing', detail: 'd' }],
    observations: [
      { kind: 'unreadable', path: 'f.json', line: 0, reason: 'cut' },
      { kind: 'drift', templateId: 'qa', path: 'qa.md', version: '1.0.0', deploymentId: 'd', exists: false },
      { kind: 'target', templateId: 'qa', path: 'qa.md', line: 1, reason: 'no name', remedy: 'Mend it.' },
      { kind: 'unread-source', source: 'codex', path: 'p', days: 30 },
      { kind: 'audit', firstBroken: 'w-1' },
    ],
    executions: [
      ...timed(1, 1, 1, 1, 1),
      execution(6, 'failed', [stage({ minute: 6, seconds: 9, counts: { patterns: 0 } })]),
    ],
    reports: Array.from({ length: 10 }, (_, index) => report(index, 'reject')),
    deployments: [deployment('qa', 1, { verified: false })],
  };
  const raisedBy = (rules: AlertRules) =>
    alertRules
      .map((apply) => apply(evidence, rules))
      .filter((each) => each.conditions.length > 0)
      .map(({ rule }) => rule);

  it('raises on evidence of its own kind', () => {
    expect(raisedBy(defaults).sort()).toEqual(
      Object.keys(defaults)
        .filter((rule) => !['observedHarm', 'canaryRolledBack'].includes(rule))
        .sort(),
    );
  });

  it.each(Object.keys(defaults))('can be switched off: %s', (rule) => {
    expect(raisedBy(alertRulesSchema.parse({ [rule]: { enabled: false } }))).not.toContain(rule);
  });
});
