import type { Monitoring } from '../../monitoring/buildMonitoring';
import { html, type Markup, nothing } from '../html';
import { deploymentsPart } from './deploymentsPart';
import { effectivenessPart } from './effectivenessPart';
import { errorsPart } from './errorsPart';
import { figuresTable } from './figuresTable';
import { alertsPart, healthPart } from './healthPart';
import { runsPart } from './runsPart';
import { stagesPart, throughputPart } from './stagesPart';

const sections: readonly (readonly [string, (monitoring: Monitoring) => Markup])[] = [
  ['Measured figures and their targets', ({ figures }) => figuresTable(figures)],
  ['Open alerts', alertsPart],
  ['Runs', runsPart],
  ['Durations by stage', stagesPart],
  ['Throughput, corrections a minute', throughputPart],
  ['Effectiveness over time', effectivenessPart],
  ['Deployments', deploymentsPart],
  ['Error rates', errorsPart],
  ['Health', healthPart],
];

const checkButton = html`<p class="actions"><button type="button" data-action="checkHealth" data-key="checkHealth">Check Health</button> <button type="button" data-action="runImprovement" data-key="runImprovement">Run Improvement</button> <button type="button" data-action="export" data-format="csv" data-part="monitoring" data-key="monitoringCsv" title="These figures as a table">Export as CSV</button></p>`;

/** The dashboard; every text of a record is escaped. @param interactive in a webview, with what leads further */
export function monitoringPart(monitoring: Monitoring, interactive: boolean): Markup {
  const parts = sections.map(([title, part]) => {
    const heading = interactive ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`;
    return html`<section class="monitoring">${heading}\n${part(monitoring)}</section>\n`;
  });
  return html`${interactive ? checkButton : nothing}${parts}`;
}
