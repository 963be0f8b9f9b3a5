import { fullLikeness } from '../analysis/confidence';
import type { Pattern } from '../model/pattern';
import { plural, score } from './format';
import { html, type Markup } from './html';

function row(name: string, value: string, how: string): Markup {
  return html`<tr><th scope="row">${name}</th><td>${value}</td><td>${how}</td></tr>`;
}

function likeness(coherence: number): string {
  const found = coherence >= 1 ? `${fullLikeness} or more` : score(coherence * fullLikeness);
  return `Mean similarity of corrections from different sessions, ${found}, over ${fullLikeness}; at most 1. From ${fullLikeness} on, corrections speak of one thing.`;
}

function impactRows({ impact, impactParts, severity }: Pattern): Markup {
  if (!impactParts) {
    return row(
      'Impact',
      impact.toFixed(3),
      'Severity weight × sessions with it / sessions of the agent. The next analysis keeps the parts.',
    );
  }
  const { severityWeight, sessions, exposedSessions } = impactParts;
  return html`${row('Severity weight', score(severityWeight), `For ${severity}, the usual severity of its corrections.`)}${row('Sessions with it', String(sessions), 'Distinct sessions; repeats within one count once.')}${row('Sessions of the agent', String(exposedSessions), 'In which it could have been corrected, in the same time.')}${row('Impact', impact.toFixed(3), `${score(severityWeight)} × ${sessions} / ${exposedSessions}`)}`;
}

/** Every factor of the confidence and of the impact, and how each was obtained. */
export function whyTable(pattern: Pattern): Markup {
  const { confidence, support } = pattern;
  const { recurrence, coherence } = pattern.confidenceParts;
  const counted = plural(support.sessions, 'distinct session');
  return html`<table class="why"><thead><tr><th scope="col">Figure</th><th scope="col">Value</th><th scope="col">How it was obtained</th></tr></thead><tbody>
  ${row('Recurrence', score(recurrence), `Lower Wilson bound (90%, one-sided) with ${counted} that agree: more sessions, more certain.`)}
  ${row('Coherence', score(coherence), likeness(coherence))}
  ${row('Confidence', score(confidence), `${score(recurrence)} × ${score(coherence)}`)}
  ${impactRows(pattern)}
</tbody></table>`;
}
