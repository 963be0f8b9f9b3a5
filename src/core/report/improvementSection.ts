import type { AbTest, ValidationReport } from '../model/validation';
import { confidenceWords } from './confidenceWords';
import { day, percent, plural, points, pValue, tierLabels, verdictLabels } from './format';
import { html, type Markup, nothing } from './html';
import { hunkItem } from './hunkItem';
import { intervalChart } from './intervalChart';
import type { ReportImprovement } from './reportModel';

function row(name: string, value: string): Markup {
  return html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
}

function abTable(test: AbTest): Markup {
  const interval = test.interval
    ? `${points(test.interval[0])} to ${points(test.interval[1])}`
    : 'none (too few pairs)';
  return html`<table><tbody>
    ${row('Pass rate, current prompt (a)', percent(test.passRate.a))}
    ${row('Pass rate, proposed prompt (b)', percent(test.passRate.b))}
    ${row('Difference (b − a)', points(test.difference))}
    ${row('95% interval of the difference', interval)}
    ${row('Pairs', String(test.pairs))}
    ${row('Only a passed / only b passed', `${test.discordant.aOnly} / ${test.discordant.bOnly}`)}
    ${row('McNemar test, exact p', pValue(test.mcnemarExact))}
    ${row('McNemar test, mid-p', pValue(test.mcnemarMidP))}
    ${row('Probability that the leader is better', percent(test.confidenceLevel))}
    ${row('Pairs for 80% power', test.requiredPairs === null ? 'unknown (no effect seen)' : String(test.requiredPairs))}
  </tbody></table>`;
}

function placeboPart(placebo: ValidationReport['placebo']): Markup {
  if (!placebo) return html`<p class="quiet">No placebo could be drawn: there are no other patterns.</p>`;
  return html`<p><strong>Placebo.</strong> A rule of the same length from other patterns: difference ${points(placebo.abTest.difference)}, verdict ${verdictLabels[placebo.verdict].toLowerCase()}. It must not ship.</p><blockquote>${placebo.text}</blockquote>`;
}

function validationPart(report: ValidationReport | undefined, id: string): Markup {
  if (!report) return html`<p class="quiet">Not validated yet.</p>`;
  const effectiveness = report.effectiveness
    ? html`<p>Effectiveness: ${percent(report.effectiveness.value)} of ${plural(report.effectiveness.scenarios, 'addressed scenario')} (95% interval ${percent(report.effectiveness.interval[0])} to ${percent(report.effectiveness.interval[1])}).</p>`
    : nothing;
  return html`<p class="facts"><span class="tag verdict-${report.verdict}">${verdictLabels[report.verdict]}</span> <span class="tag">${tierLabels[report.tier]}</span></p>
  <ul>${report.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
  <figure>${intervalChart(report.abTest)}<figcaption>Difference of pass rates, proposed minus current, in percentage points, with its 95% interval.</figcaption></figure>
  <details data-keep="ab-${id}" open><summary>A/B result, as a table</summary>${abTable(report.abTest)}</details>
  ${effectiveness}
  <p>Regression: ${report.regression.lost} of ${plural(report.regression.passedBefore, 'scenario')} passed before ${report.regression.lost === 1 ? 'is' : 'are'} lost. Held out: ${plural(report.heldOut.heldOutSessions, 'session')}; generated from ${plural(report.heldOut.trainingSessions, 'session')}.</p>
  ${placeboPart(report.placebo)}`;
}

/** One improvement: its A/B result with tier and verdict, and every hunk with its reason and evidence. */
export function improvementSection(entry: ReportImprovement, interactive: boolean): Markup {
  const { improvement, promptPath, validation } = entry;
  const { confidenceParts } = improvement;
  return html`<article class="card" data-agent="${improvement.agentType}">
  <h3>${promptPath ?? improvement.templateId}: ${plural(improvement.hunks.length, 'hunk')}</h3>
  <p class="facts"><span class="tag">${improvement.status}</span> <span class="tag">${improvement.agentType}</span> <span class="quiet">on version ${improvement.baseVersion} · ${day(improvement.createdAt)} · ${confidenceWords(improvement.confidence, confidenceParts)}</span></p>
  ${validationPart(validation, improvement.improvementId)}
  <details data-keep="hunks-${improvement.improvementId}"><summary>Hunks</summary><ol class="hunks">${improvement.hunks.map((hunk) => hunkItem(hunk, interactive))}</ol></details>
</article>`;
}
