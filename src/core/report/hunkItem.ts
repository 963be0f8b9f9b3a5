import type { Advice, Hunk } from '../model/improvement';
import { confidenceWords } from './confidenceWords';
import { signed } from './format';
import { html, type Markup, nothing } from './html';
import { outcomesLine } from './outcomesLine';
import { sourceLink } from './sourceLink';

function lines(sign: string, text: string): Markup {
  return text === '' ? nothing : html`<pre class="${sign === '+' ? 'added' : 'removed'}">${text}</pre>`;
}

/** A hunk with what was said of it: reason, scope, checks that found something, advice and evidence. */
export function hunkItem(hunk: Hunk, interactive: boolean): Markup {
  const evidence = hunk.evidence.map(
    (one) =>
      html`<li><blockquote>${one.excerpt}</blockquote><p class="quiet">session ${one.sessionId} · ${sourceLink({ correctionId: one.correctionId, ...one.source }, interactive)}</p></li>`,
  );
  const noted = (hunk.checks ?? []).filter(({ outcome }) => outcome !== 'passed');
  return html`<li><p><strong>${hunk.section === '' ? 'Top of the prompt' : hunk.section}</strong> <span class="tag">${hunk.decision}</span> <span class="quiet">${hunk.strategy}, ${confidenceWords(hunk.confidence, hunk.confidenceParts)}, ${signed(hunk.tokenDelta)} tokens (estimated)${writtenBy(hunk)}</span></p>
  ${lines('-', hunk.before)}${lines('+', hunk.editedAfter ?? hunk.after)}<p>${hunk.reason}</p>
  ${hunk.confidenceParts?.outcomes === undefined ? nothing : html`<p class="quiet">${outcomesLine(hunk.confidenceParts)}</p>`}
  ${hunk.scope === undefined ? nothing : html`<p class="quiet">Scope: ${hunk.scope.kind}. ${hunk.scope.reason}</p>`}
  ${noted.length === 0 ? nothing : html`<ul>${noted.map(({ note }) => html`<li>${note}</li>`)}</ul>`}
  ${hunk.decisionReason === undefined ? nothing : html`<p class="quiet">Said when it was ${hunk.decision}: ${hunk.decisionReason}</p>`}
  ${hunk.advice === undefined ? nothing : advicePart(hunk.advice, hunk.hunkId)}
  ${evidence.length === 0 ? nothing : html`<details data-keep="evidence-${hunk.hunkId}"><summary>Evidence (${hunk.evidence.length})</summary><ul class="exemplars">${evidence}</ul></details>`}</li>`;
}

function writtenBy({ writer }: Hunk): string {
  return writer?.kind === 'model' ? `, words by ${writer.model ?? 'a model'}` : '';
}

function advicePart({ kind, reason, files }: Advice, id: string): Markup {
  const drafts = files.map(({ path, text }) => html`<p><code>${path}</code></p><pre>${text}</pre>`);
  return html`<details data-keep="advice-${id}"><summary>What would hold where words do not: ${kind === 'hook' ? 'a hook' : 'a lint rule'}</summary><p>${reason}</p>${drafts}</details>`;
}
