import type { Experiment } from '../model/experiment';
import type { ExperimentEvidence, MetricEvidence } from './assessment';
import { eValueText } from './eValueText';
import { eventNames, metricNames } from './metrics';

/** What is to be done with an experiment now. */
export type Decision =
  | { readonly action: 'go-on'; readonly reason: string }
  /** On to the stage of this index. */
  | { readonly action: 'stage'; readonly stage: number; readonly reason: string }
  | { readonly action: 'promote'; readonly cause: 'superior' | 'not-worse'; readonly reason: string }
  | {
      readonly action: 'roll-back';
      readonly cause: 'harm' | 'ratio-broken' | 'candidate-broken';
      readonly reason: string;
    }
  | { readonly action: 'end'; readonly cause: 'time-over'; readonly reason: string };

export interface Situation {
  readonly experiment: Experiment;
  readonly evidence: ExperimentEvidence;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Why the candidate can no longer be given: its twin is gone, changed, or does not parse. */
  readonly candidateFault?: string;
}

const day = 86_400_000;

/**
 * The next step of an experiment, by the rule that was laid down when it began. What would hurt goes first. Safe at every look: goal and harm
 * are always-valid tests, each with its own level, and what they have shown stays shown. Pure.
 */
export function decide({ experiment, evidence, now, candidateFault }: Situation): Decision {
  const { rule, stages, stage } = experiment;
  const { goal, harm, ratio, metrics } = evidence;
  if (candidateFault !== undefined) {
    return { action: 'roll-back', cause: 'candidate-broken', reason: candidateFault };
  }
  if (ratio.broken) return { action: 'roll-back', cause: 'ratio-broken', reason: ratioReason(evidence) };
  if (harm.reachedAt !== null) {
    return {
      action: 'roll-back',
      cause: 'harm',
      reason: `More trouble with the candidate, above all ${eventNames[harm.by]}: E reached ${eValueText(harm.maximum)} of the ${eValueText(harm.threshold)} needed after ${harm.reachedAt} sessions.`,
    };
  }
  const open = metrics.filter((each) => each.notWorse.reachedAt === null && !each.notWorse.unknown);
  if (goal.reachedAt !== null && open.length === 0) return succeed(experiment, evidence);
  const next = stages[stage + 1];
  const here = stages[stage];
  const enough = here !== undefined && here.sessions > 0 && evidence.stageSessions.canary >= here.sessions;
  if (enough && next !== undefined && next.share < 1) {
    return {
      action: 'stage',
      stage: stage + 1,
      reason: `${evidence.stageSessions.canary} sessions with the candidate and no harm found: on to ${percent(next.share)}.`,
    };
  }
  const over = timeOver(experiment, evidence, now);
  if (over !== undefined) {
    return { action: 'end', cause: 'time-over', reason: `${over} ${standing(evidence, open, rule.goal)}` };
  }
  return { action: 'go-on', reason: standing(evidence, open, rule.goal) };
}

/** Through the stages of all sessions, if there are any, and then for good. */
function succeed(experiment: Experiment, { goal, stageSessions }: ExperimentEvidence): Decision {
  const { rule, stages, stage } = experiment;
  const superior = rule.goal === 'superiority';
  const shown = superior
    ? `Fewer corrections with the candidate: E reached ${eValueText(goal.maximum)} of the ${eValueText(goal.threshold)} needed after ${goal.reachedAt} sessions, and nothing else got worse beyond its margin.`
    : `The removed rule is not missed: that corrections rose by ${percent(rule.shareMargin)} or more is ruled out after ${goal.reachedAt} sessions (E ${eValueText(goal.maximum)}).`;
  const full = stages.findIndex(({ share, sessions }, index) => index > stage && share >= 1 && sessions > 0);
  if (full !== -1) return { action: 'stage', stage: full, reason: `${shown} On to all sessions.` };
  const here = stages[stage];
  if (here !== undefined && here.share >= 1 && stageSessions.canary < here.sessions) {
    return {
      action: 'go-on',
      reason: `${shown} ${stageSessions.canary} of ${here.sessions} sessions at 100%.`,
    };
  }
  return { action: 'promote', cause: superior ? 'superior' : 'not-worse', reason: shown };
}

function timeOver(
  { rule, startedAt }: Experiment,
  { sessions }: ExperimentEvidence,
  now: number,
): string | undefined {
  const total = sessions.control + sessions.canary;
  if (total >= rule.mostSessions) return `${total} sessions, which is the limit.`;
  if (now - Date.parse(startedAt) >= rule.mostDays * day) return `${rule.mostDays} days are over.`;
  return undefined;
}

function ratioReason({ ratio, sessions }: ExperimentEvidence): string {
  const assigned = ratio.assigned >= ratio.threshold;
  const what = assigned
    ? 'Sessions were not assigned in the stated share'
    : 'Of the assigned sessions, those of one variant come back more seldom than those of the other';
  const value = eValueText(assigned ? ratio.assigned : ratio.settled);
  return `${what}: E is ${value} (${eValueText(ratio.threshold)} is the limit), with ${sessions.canary} settled sessions of the candidate and ${sessions.control} of the original. Such figures compare nothing.`;
}

function standing(
  { goal, moreSessions }: ExperimentEvidence,
  open: readonly MetricEvidence[],
  kind: string,
): string {
  const what = kind === 'superiority' ? 'fewer corrections' : 'that the rule is not missed';
  const parts =
    goal.reachedAt === null
      ? [
          `Evidence for ${what}: E is ${eValueText(goal.eValue)} of the ${eValueText(goal.threshold)} needed.`,
          ...(moreSessions === null ? [] : [`About ${moreSessions} more sessions at this pace.`]),
        ]
      : [`Evidence for ${what} is there since session ${goal.reachedAt}.`];
  if (open.length > 0) {
    parts.push(`Not yet shown to be no worse: ${open.map(({ key }) => metricNames[key]).join(', ')}.`);
  }
  return parts.join(' ');
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
