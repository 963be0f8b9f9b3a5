import type { DecisionRule, Experiment, Exposure } from '../model/experiment';
import { AssignmentTest } from '../statistics/assignmentTest';
import { SampleRatioTest } from '../statistics/sampleRatio';
import type { EvidencePoint, ExperimentEvidence, MetricEvidence, Shown } from './assessment';
import { assignedUnit } from './figures';
import { eventsOf, isCost, type MetricKey, metricsOf, primaryMetric } from './metrics';
import type { ExperimentUnit } from './units';

/** How much each metric's e-value for harm weighs in the mean of those that are looked at; fixed before any session. */
const harmWeights: Readonly<Record<MetricKey, number>> = {
  addressed: 0.3,
  corrections: 0.3,
  interruptions: 0.2,
  turns: 0.1,
  tokens: 0.1,
};

const asEValue = (logValue: number) => Math.min(Number.MAX_VALUE, Math.exp(logValue));

/** The tests of one metric, and the sessions, counted over all, at which the guardrail was shown. */
class MetricTests {
  readonly harm: AssignmentTest;
  readonly notWorse: AssignmentTest;
  readonly margin: number;
  shownAt: number | null = null;
  #known = 0;

  constructor(
    readonly key: MetricKey,
    rule: DecisionRule,
    /** Of its e-value for harm in the mean. */
    private readonly weight: number,
  ) {
    this.margin = isCost(key) ? rule.costMargin : rule.shareMargin;
    this.notWorse = new AssignmentTest('fewer', this.margin, 1 / rule.alpha);
    this.harm = new AssignmentTest('more', isCost(key) ? this.margin : 0, 1 / rule.alpha);
  }

  add(unit: ExperimentUnit, event: boolean, sessions: number): void {
    this.#known += 1;
    this.notWorse.add(assignedUnit(unit, event));
    this.harm.add(assignedUnit(unit, event));
    if (this.shownAt === null && this.notWorse.crossedAt !== null) this.shownAt = sessions;
  }

  get weightedHarm(): number {
    return this.weight * asEValue(this.harm.logValue);
  }

  evidence(threshold: number, sessions: number): MetricEvidence {
    const unknown = this.#known === 0 && sessions > 0;
    const shown = shownBy(this.notWorse, threshold, this.shownAt);
    return {
      key: this.key,
      notWorse: { ...shown, margin: this.margin, unknown },
      harmEValue: asEValue(this.harm.logValue),
    };
  }
}

function shownBy(test: AssignmentTest, threshold: number, reachedAt: number | null): Shown {
  return { threshold, eValue: asEValue(test.logValue), maximum: asEValue(test.logMaximum), reachedAt };
}

/**
 * The evidence after all settled sessions, as it would have been seen after each of them. By intention to treat: a session counts for the
 * variant that chance gave it, whatever it got.
 * @param exposures of this experiment, for the check of the ratio
 */
export function gatherEvidence(
  experiment: Experiment,
  units: readonly ExperimentUnit[],
  exposures: readonly Exposure[],
): ExperimentEvidence {
  const { rule } = experiment;
  const threshold = 1 / rule.alpha;
  const primary = primaryMetric(experiment);
  const goal = new AssignmentTest('fewer', rule.goal === 'superiority' ? 0 : rule.shareMargin, threshold);
  const keys = metricsOf(experiment);
  const weights = keys.reduce((sum, key) => sum + harmWeights[key], 0);
  const tests = keys.map((key) => ({
    events: eventsOf(key, units),
    of: new MetricTests(key, rule, harmWeights[key] / weights),
  }));
  const path: EvidencePoint[] = [];
  let harmMaximum = 1;
  let harmAt: number | null = null;
  let harm = 1;
  for (const [index, unit] of units.entries()) {
    for (const { events, of } of tests) {
      const event = events[index] ?? null;
      if (event === null) continue;
      of.add(unit, event, index + 1);
      if (of.key === primary) goal.add(assignedUnit(unit, event));
    }
    // A mean of e-values is an e-value, however they depend on each other.
    harm = tests.reduce((sum, { of }) => sum + of.weightedHarm, 0);
    harmMaximum = Math.max(harmMaximum, harm);
    if (harmAt === null && harm >= threshold) harmAt = index + 1;
    path.push({ sessions: index + 1, goal: asEValue(goal.logValue), harm });
  }
  const heaviest = tests.reduce((a, b) => (b.of.weightedHarm > a.of.weightedHarm ? b : a));
  return {
    sessions: byVariant(units),
    stageSessions: byVariant(units.filter(({ stage }) => stage === experiment.stage)),
    primary,
    metrics: tests.map(({ of }) => of.evidence(threshold, units.length)),
    // The primary metric is known in every session, so that its units are all sessions.
    goal: shownBy(goal, threshold, goal.crossedAt),
    harm: { threshold, eValue: harm, maximum: harmMaximum, reachedAt: harmAt, by: heaviest.of.key },
    ratio: ratioOf(rule, units, exposures),
    path,
    moreSessions: moreSessions(goal, units.length, threshold),
  };
}

function byVariant(units: readonly ExperimentUnit[]): { control: number; canary: number } {
  const canary = units.filter(({ variant }) => variant === 'canary').length;
  return { control: units.length - canary, canary };
}

/** Half of the level each for the assignments themselves and for the sessions that came back. */
function ratioOf(
  { ratioAlpha }: DecisionRule,
  units: readonly ExperimentUnit[],
  exposures: readonly Exposure[],
): ExperimentEvidence['ratio'] {
  const threshold = 2 / ratioAlpha;
  const assignments = new SampleRatioTest();
  const seen = new Set<string>();
  for (const { sessionId, assigned, share } of exposures.toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  )) {
    if (seen.has(sessionId)) continue;
    seen.add(sessionId);
    assignments.add({ treated: assigned === 'canary', share });
  }
  const returned = new SampleRatioTest();
  for (const { variant, share } of units) returned.add({ treated: variant === 'canary', share });
  const assigned = asEValue(assignments.logMaximum);
  const settled = asEValue(returned.logMaximum);
  return { threshold, assigned, settled, broken: assigned >= threshold || settled >= threshold };
}

function moreSessions(goal: AssignmentTest, sessions: number, threshold: number): number | null {
  if (goal.crossedAt !== null || sessions === 0 || goal.logValue <= 0) return null;
  return Math.ceil((Math.log(threshold) - goal.logValue) / (goal.logValue / sessions));
}
