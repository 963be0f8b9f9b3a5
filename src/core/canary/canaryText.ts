import type { Experiment } from '../model/experiment';
import { day, percent, plural, points } from '../report/format';

import type { Assessment, MetricEvidence, MetricFigures, Shown, VariantFigures } from './assessment';
import type { ExperimentStatus } from './canaryWatch';
import { eValueText } from './eValueText';
import { eventNames, isCost, metricNames } from './metrics';

/** A margin in percentage points. */
export const marginText = (margin: number): string => `${Math.round(margin * 1000) / 10} points`;

export const statusNames: Readonly<Record<Experiment['status'], string>> = {
  running: 'running',
  promoted: 'promoted',
  'rolled-back': 'rolled back',
  inconclusive: 'ended without a decision',
};

/** How an experiment decides and what its figures can tell, a sentence each. */
export function ruleLines({
  rule,
  patternIds,
  promotesItself,
  dryRun,
  stages,
}: Experiment): readonly string[] {
  const limit = Math.round(1 / rule.alpha);
  const about = metricNames[patternIds.length > 0 ? 'addressed' : 'corrections'];
  const aim =
    rule.goal === 'superiority'
      ? `It is promoted when an always-valid test shows fewer sessions with ${about} (E reaches ${limit}),`
      : `It is promoted when an always-valid test rules out that the share of sessions with ${about} rises by ${marginText(rule.shareMargin)} or more (E reaches ${limit}),`;
  const stageText = stages.map(({ share, sessions }) =>
    sessions > 0 ? `${percent(share)} for ${plural(sessions, 'session')} with the candidate` : percent(share),
  );
  return [
    `${aim} and none of the guardrails is left open: corrections and interruptions may rise by less than ${marginText(rule.shareMargin)} of the sessions, sessions of more turns or tokens than the median before them by less than ${marginText(rule.costMargin)}.`,
    `It is rolled back when there is evidence of harm (a mean of e-values reaches ${limit}), when the assignment is broken (E reaches ${Math.round(2 / rule.ratioAlpha)}), and when the candidate's file is gone or changed.`,
    `Both tests may be looked at any time: over all looks the chance of a false promotion is at most ${percent(rule.alpha)}, and so is that of a false rollback.`,
    `Stages: ${stageText.join(', ')}. It ends without a decision after ${plural(rule.mostSessions, 'session')} or ${plural(rule.mostDays, 'day')}.`,
    'By intention to treat: a session counts for what chance gave it. A session counts once nothing was added to it for ' +
      `${plural(rule.settleMinutes, 'minute')}.`,
    dryRun
      ? 'A dry run: every session gets the original, and decisions are only reported.'
      : promotesItself
        ? 'It promotes itself.'
        : 'A promotion that is due waits for a person, unless automatic deployment is on.',
  ];
}

function figuresText({ sessions, sessionsWith, share, shareInterval }: VariantFigures): string {
  if (share === null || shareInterval === null) return 'no session yet';
  return `${sessionsWith} of ${plural(sessions, 'session')} (${percent(share)}, 95% interval ${percent(shareInterval[0])} to ${percent(shareInterval[1])})`;
}

function guardrailText({ notWorse }: MetricEvidence): string {
  if (notWorse.unknown) return 'not told by these transcripts';
  const shown = notWorse.reachedAt === null ? 'not yet shown' : `shown at session ${notWorse.reachedAt}`;
  return `no worse by ${marginText(notWorse.margin)}: ${shown} (E ${eValueText(notWorse.maximum)})`;
}

/** One metric: both variants, their difference, and its guardrail. */
export function metricLines(figures: MetricFigures, evidence: MetricEvidence): readonly string[] {
  const { key, control, canary, difference, differenceInterval } = figures;
  const means =
    isCost(key) && control.mean !== null && canary.mean !== null
      ? ` Means: ${Math.round(control.mean)} and ${Math.round(canary.mean)}.`
      : '';
  const change =
    difference === null || differenceInterval === null
      ? 'no difference to tell yet'
      : `difference ${points(difference)}, always-valid interval ${points(differenceInterval[0])} to ${points(differenceInterval[1])}`;
  return [
    `${sentenceCase(eventNames[key])}: original ${figuresText(control)}, candidate ${figuresText(canary)}; ${change}.${means}`,
    `  ${sentenceCase(guardrailText(evidence))}.`,
  ];
}

function shownText({ eValue, maximum, threshold, reachedAt }: Shown): string {
  const at = reachedAt === null ? '' : `, reached at session ${reachedAt}`;
  return `E ${eValueText(eValue)}, at most ${eValueText(maximum)}, of the ${eValueText(threshold)} needed${at}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** On one line: what runs where, how far it is, and what it says. */
export function experimentHeading({ experiment, assessment }: ExperimentStatus): string {
  const { agentType, baseline, candidate, status, stages, stage, dryRun } = experiment;
  const share = stages[stage]?.share ?? 0;
  const now = status === 'running' ? `running at ${percent(share)}` : statusNames[status];
  const { control, canary } = assessment.sessions;
  return `${agentType}: ${baseline.version} against ${candidate.version}, ${now}${dryRun ? ' (dry run)' : ''}, ${plural(control + canary, 'session')}`;
}

/** What the rule says now, or how it ended. */
export function standingText({ experiment, decision }: ExperimentStatus): string {
  if (experiment.end !== null) {
    const by = experiment.end.automatic ? 'by itself' : 'on request';
    return `${sentenceCase(statusNames[experiment.status])} ${by} on ${day(experiment.end.at)}: ${experiment.end.reason}`;
  }
  if (decision === null) return '';
  const due = {
    'go-on': '',
    stage: 'The next stage is due. ',
    promote: 'Promotion is due. ',
    'roll-back': 'Rollback is due. ',
    end: 'It is over. ',
  };
  return `${due[decision.action]}${decision.reason}`;
}

/** Sessions that count for nothing yet, or never will, a sentence each. */
export function remainderLines({
  unsettled,
  withoutTranscript,
  faults,
  contaminated,
}: Assessment): readonly string[] {
  const lost = withoutTranscript.control + withoutTranscript.canary;
  const lines: string[] = [];
  if (unsettled > 0) lines.push(`${plural(unsettled, 'session')} may still go on.`);
  if (lost > 0) {
    lines.push(
      `${plural(lost, 'session')} have no transcript (${withoutTranscript.control} of the original, ${withoutTranscript.canary} of the candidate); those that were not imported yet are among them.`,
    );
  }
  for (const [fault, sessions] of Object.entries(faults)) {
    if (sessions > 0) lines.push(`${plural(sessions, 'session')} got the original instead: ${fault}.`);
  }
  if (contaminated > 0)
    lines.push(`${plural(contaminated, 'session')} got the one at one time and the other at another.`);
  return lines;
}

/** The whole experiment in plain lines. */
export function experimentLines(status: ExperimentStatus): readonly string[] {
  const { experiment, assessment } = status;
  const { goal, harm, ratio, sessions, metrics, figures } = assessment;
  return [
    `${experiment.experimentId}: ${experimentHeading(status)}`,
    `  ${standingText(status)}`,
    `  Settled sessions: ${sessions.control} of the original, ${sessions.canary} of the candidate.`,
    ...remainderLines(assessment).map((line) => `  ${line}`),
    `  Goal: ${shownText(goal)}.`,
    `  Harm: ${shownText(harm)}.`,
    `  Sample ratio: ${ratio.broken ? 'broken' : 'as stated'} (E ${eValueText(Math.max(ratio.assigned, ratio.settled))}, stopped at ${eValueText(ratio.threshold)}).`,
    ...(sessions.control + sessions.canary === 0 ? [] : figures).flatMap((each) => {
      const evidence = metrics.find(({ key }) => key === each.key);
      return evidence === undefined ? [] : metricLines(each, evidence).map((line) => `  ${line}`);
    }),
  ];
}
