import type { MetricEvidence, MetricFigures, VariantFigures } from '../../canary/assessment';
import {
  experimentHeading,
  marginText,
  remainderLines,
  ruleLines,
  standingText,
  statusNames,
} from '../../canary/canaryText';
import type { ExperimentStatus } from '../../canary/canaryWatch';
import { eValueText } from '../../canary/eValueText';
import { eventNames } from '../../canary/metrics';
import { day, percent, points, tierLabels } from '../format';
import { html, type Markup, nothing } from '../html';
import { evidenceChart, thinned } from './evidenceChart';

function shareText({ sessions, sessionsWith, share, shareInterval }: VariantFigures): string {
  if (share === null || shareInterval === null) return 'no session yet';
  return `${sessionsWith} of ${sessions} (${percent(share)}; ${percent(shareInterval[0])} to ${percent(shareInterval[1])})`;
}

function meanText({ mean, meanInterval }: VariantFigures): string {
  if (mean === null) return '';
  const digits = (value: number) => (value >= 100 ? Math.round(value).toString() : value.toFixed(2));
  const range = meanInterval === null ? '' : ` (${digits(meanInterval[0])} to ${digits(meanInterval[1])})`;
  return `${digits(mean)}${range}`;
}

function guardrail({ notWorse }: MetricEvidence): string {
  if (notWorse.unknown) return 'not told by these transcripts';
  const state = notWorse.reachedAt === null ? 'not yet shown' : `shown at session ${notWorse.reachedAt}`;
  return `${state}: less than ${marginText(notWorse.margin)} (E ${eValueText(notWorse.maximum)})`;
}

function metricRow(figures: MetricFigures, evidence: MetricEvidence): Markup {
  const { key, control, canary, difference, differenceInterval } = figures;
  const change =
    difference === null || differenceInterval === null
      ? 'unknown'
      : `${points(difference)} (${points(differenceInterval[0])} to ${points(differenceInterval[1])})`;
  return html`<tr><th scope="row">${eventNames[key]}</th><td>${shareText(control)}</td><td>${shareText(canary)}</td><td>${change}</td><td>${meanText(control)}</td><td>${meanText(canary)}</td><td>${guardrail(evidence)}</td></tr>`;
}

function pathTable({ assessment }: ExperimentStatus): Markup {
  const rows = thinned(assessment.path, 20).map(
    ({ sessions, goal, harm }) =>
      html`<tr><th scope="row">${sessions}</th><td>${eValueText(goal)}</td><td>${eValueText(harm)}</td></tr>`,
  );
  return html`<table><thead><tr><th scope="col">Sessions</th><th scope="col">E, goal</th><th scope="col">E, harm</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** One experiment: how it stands, rates with intervals, the path of its evidence, and the rule in words. */
export function experimentSection(status: ExperimentStatus): Markup {
  const { experiment, assessment } = status;
  const { experimentId, startedAt, startedBy, path, mode } = experiment;
  const { metrics, figures, sessions, ratio } = assessment;
  const rows = figures.flatMap((each) => {
    const evidence = metrics.find(({ key }) => key === each.key);
    return evidence === undefined ? [] : [metricRow(each, evidence)];
  });
  const how =
    mode === 'subagent'
      ? 'a twin of the agent is run'
      : 'what the candidate adds is given as further context';
  return html`<article class="card experiment" data-agent="${experiment.agentType}">
  <h3>${experimentHeading(status)}</h3>
  <p class="facts"><span class="tag">${statusNames[experiment.status]}</span> <span class="tag">${tierLabels.observed}</span> <span class="quiet">${path} · since ${day(startedAt)} by ${startedBy} · ${how}</span></p>
  <p><strong>${standingText(status)}</strong></p>
  <p>Settled sessions: ${sessions.control} of the original, ${sessions.canary} of the candidate. Sample ratio ${ratio.broken ? 'broken' : 'as stated'}.</p>
  ${remainderLines(assessment).length === 0 ? nothing : html`<ul>${remainderLines(assessment).map((line) => html`<li>${line}</li>`)}</ul>`}
  <div class="wide"><table><caption>Shares of sessions with 95% intervals of this look; differences with intervals that hold at every look</caption><thead><tr><th scope="col">Event</th><th scope="col">Original</th><th scope="col">Candidate</th><th scope="col">Difference</th><th scope="col">Mean, original</th><th scope="col">Mean, candidate</th><th scope="col">Guardrail</th></tr></thead><tbody>${rows}</tbody></table></div>
  ${
    assessment.path.length === 0
      ? html`<p class="quiet">No session has settled yet. Sessions count when they have been read and nothing was added to them for a while.</p>`
      : html`<figure>${evidenceChart(assessment)}<figcaption>E-values after each session, on a logarithmic axis: <span class="key goal">goal (solid)</span>, <span class="key harm">harm (dashed)</span>, threshold (dotted).</figcaption></figure>
  <details data-keep="path-${experimentId}"><summary>The path, as a table</summary>${pathTable(status)}</details>`
  }
  <details data-keep="rule-${experimentId}"><summary>The rule, in words</summary><ul>${ruleLines(experiment).map((line) => html`<li>${line}</li>`)}</ul></details>
</article>`;
}

export const noExperiments =
  'No experiment yet. Start one on a version that waits: its text goes to a random share of real sessions, and what people correct there decides.';

/** For who may not analyze, which looking at experiments takes. */
export const experimentsNotShown = html`<p class="quiet">How experiments stand takes an analysis, which your role does not allow.</p>`;

/** All experiments; every text of a record is escaped. */
export function canaryPart(statuses: readonly ExperimentStatus[]): Markup {
  if (statuses.length === 0) return html`<p class="quiet">${noExperiments}</p>`;
  return html`${statuses.map(experimentSection)}`;
}
