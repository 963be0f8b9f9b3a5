import { schemaVersion } from '../../model/common';
import type { Scenario, ValidationReport, ValidationResult } from '../../model/validation';
import type { Hash } from '../../ports';
import type { SuiteScenario } from '../../scenarios/scenarioSuite';
import { shortHash } from '../cases';
import type { ReplayComparison } from './compareByModel';

/** What a comparison by a model is about, where its outcome is kept. */
export interface ReplaySubject {
  /** Tells the texts compared from any other. */
  readonly subject: readonly string[];
  readonly improvementId: string | null;
  readonly agentType: string;
  readonly scenarios: readonly SuiteScenario[];
  /** ISO time. */
  readonly createdAt: string;
}

export interface ReplayRecords {
  readonly report: ValidationReport;
  readonly result: ValidationResult;
  readonly scenarios: readonly Scenario[];
}

/** A scenario as it is stored, tagged with how hard it was. */
function recordOf(
  { id, task, context, tags = [], origin }: SuiteScenario,
  agentType: string,
  difficulty: string,
  hash: Hash,
): Scenario {
  return {
    schemaVersion,
    scenarioId: `scenario-${shortHash(hash, [agentType, id, task, context ?? ''])}`,
    agentType,
    task,
    ...(context === undefined ? {} : { context }),
    origin: origin === 'correction' || origin === 'variation' ? origin : 'user',
    tags: [...tags, difficulty],
  };
}

/** The records of a comparison. Its placebo is none: the outcomes are a model's, and no proxy of words. */
export function replayRecords(
  comparison: ReplayComparison,
  { subject, improvementId, agentType, scenarios, createdAt }: ReplaySubject,
  hash: Hash,
): ReplayRecords {
  const { model, repeats, results, favoured, pairs, discordant, passRate, effectiveness } = comparison;
  const ids = [...subject, model, `${repeats}`, ...results.map(({ id }) => id)];
  const key = shortHash(hash, ids);
  const reportId = `report-${key}`;
  const byId = new Map(scenarios.map((each) => [each.id, each]));
  const stored = results.flatMap((result) => {
    const scenario = byId.get(result.id);
    return scenario === undefined
      ? []
      : [{ result, record: recordOf(scenario, agentType, result.difficulty, hash) }];
  });
  const abTest: ReplayRecords['report']['abTest'] = {
    schemaVersion,
    abTestId: `ab-${key}`,
    tier: 'replay',
    pairs,
    discordant,
    passRate,
    difference: comparison.effect,
    interval: comparison.interval === null ? null : [...comparison.interval],
    mcnemarExact: comparison.mcnemarExact,
    mcnemarMidP: comparison.mcnemarMidP,
    confidenceLevel: comparison.confidenceLevel,
    requiredPairs: comparison.requiredPairs,
    createdAt,
  };
  const notes = [
    `${model} answered as both prompts${repeats === 1 ? '' : `, ${repeats} times each`}; ${favoured.b} scenarios favour the new one and ${favoured.a} the old one.`,
  ];
  return {
    report: {
      schemaVersion,
      reportId,
      improvementId,
      agentType,
      tier: 'replay',
      verdict: comparison.verdict,
      reasons: [...comparison.reasons, ...notes],
      abTestId: abTest.abTestId,
      abTest,
      effectiveness: {
        value: effectiveness.value,
        interval: [...(effectiveness.interval ?? [0, 1])],
        scenarios: comparison.scenarios,
      },
      regression: {
        passedBefore: comparison.regression.passedBefore,
        lost: comparison.regression.lost,
      },
      placebo: null,
      heldOut: { trainingSessions: 0, heldOutSessions: 0, splitAt: null },
      createdAt,
    },
    result: {
      schemaVersion,
      resultId: `result-${reportId}`,
      reportId,
      outcomes: stored.map(({ result, record }) => ({
        scenarioId: record.scenarioId,
        a: result.a * 2 > result.repeats,
        b: result.b * 2 > result.repeats,
        repeats: { a: result.a, b: result.b, of: result.repeats },
      })),
    },
    scenarios: stored.map(({ record }) => record),
  };
}
