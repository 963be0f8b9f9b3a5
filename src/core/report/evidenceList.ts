import type { Exemplar } from '../model/pattern';
import { day } from './format';
import { html, type Markup, nothing } from './html';
import { sourceLink } from './sourceLink';

function exemplarItem(exemplar: Exemplar, interactive: boolean): Markup {
  const { correctionId, text, originalResponse, timestamp, sessionId, evidence } = exemplar;
  const said =
    text === ''
      ? html`<p class="quiet">(An event without words.)</p>`
      : html`<blockquote>${text}</blockquote>`;
  const response =
    originalResponse === ''
      ? nothing
      : html`<details data-keep="response-${correctionId}"><summary>What the agent had done</summary><pre>${originalResponse}</pre></details>`;
  return html`<li>${said}<p class="quiet">${day(timestamp)} · session ${sessionId} · ${sourceLink(
    { correctionId, ...evidence },
    interactive,
  )}</p>${response}</li>`;
}

/** What people said, in their own words, each with the way to its source. */
export function evidenceList(exemplars: readonly Exemplar[], interactive: boolean): Markup {
  return html`<ul class="exemplars">${exemplars.map((exemplar) => exemplarItem(exemplar, interactive))}</ul>`;
}
