import type { Monitoring } from '../../monitoring/buildMonitoring';
import type { Drift } from '../../monitoring/deploymentDashboard';
import { testSentence } from '../../observe/observationText';
import { plural } from '../format';
import { html, type Markup } from '../html';
import { dataTable } from './dataTable';
import { minute, range, share } from './units';

const driftText: Readonly<Record<Drift, string>> = {
  'as-deployed': '✓ as deployed',
  changed: '✗ changed since',
  gone: '✗ the file is gone',
  back: '✗ there again after a rollback',
  'not-looked': '– not looked at',
};

type Shown = Pick<Monitoring, 'deployments' | 'observed'>;

function summary({ deployments: { success, refused, lastRollback, failures } }: Shown): Markup {
  const rate =
    success.value === null || success.interval === null
      ? 'Success: not measured yet, as nothing was deployed or rolled back.'
      : `Success: ${share(success.value)} (${success.count} of ${success.of}; 95% ${range(success.interval)}).`;
  const codes = Object.entries(failures).map(([code, times]) => `${code} ${times}`);
  const failed = codes.length === 0 ? '' : ` Failed: ${codes.join(', ')}.`;
  const gate = refused === 0 ? '' : ` Refused by a gate: ${refused}.`;
  const last =
    lastRollback === null
      ? 'No rollback yet.'
      : `Last rollback: ${minute(lastRollback.at)} UTC, ${lastRollback.target}, ${lastRollback.fromVersion ?? 'no file'} to ${lastRollback.toVersion ?? 'no file'}, by ${lastRollback.author}: ${lastRollback.reason}`;
  return html`<p>${rate}${failed}${gate}</p><p>${last}</p>`;
}

function observedTable({ observed }: Shown): Markup {
  if (observed.length === 0) {
    return html`<p class="quiet">Observed effects: not measured yet. Sessions before and after a deployment measure them.</p>`;
  }
  return html`<p class="quiet">Observed effect of each deployment: the corrections it was to cure, a session, after minus before. Before and after, not randomised; intervals are of 95%.</p>${dataTable(
    'Observed effect of each deployment',
    ['Target', 'Version', 'Change', 'Interval', 'Sessions before, after', 'Test for a rise'],
    observed.map((each) => {
      const { target, before, after, change, live } = each;
      const addressed = change.addressed;
      return [
        target,
        `${after.version ?? 'no file'}${live ? ', live' : ''}`,
        addressed === null
          ? 'Not measured yet'
          : `${addressed.value > 0 ? '+' : ''}${addressed.value.toFixed(2)}`,
        addressed === null
          ? ''
          : `${addressed.interval[0].toFixed(2)} to ${addressed.interval[1].toFixed(2)}`,
        `${before.sessions}, ${after.sessions}`,
        testSentence(each),
      ];
    }),
  )}`;
}

/** What is live where, whether it still stands there, and what it did. */
export function deploymentsPart(shown: Shown): Markup {
  const { targets, drifted } = shown.deployments;
  if (targets.length === 0)
    return html`<p class="quiet">No prompt was adopted yet; Initialize finds them.</p>`;
  return html`<p>${plural(targets.length, 'target')}, ${drifted} not as deployed.</p>${summary(shown)}${dataTable(
    'What is live where',
    ['File', 'Agent', 'Active version', 'Since (UTC)', 'Holds it', 'Deployments', 'Rollbacks'],
    targets.map(({ target, agentType, activeVersion, since, by, drift, deployments, rollbacks }) => [
      target,
      agentType,
      activeVersion ?? 'no file',
      since === null ? '' : `${minute(since)}, ${by}`,
      driftText[drift],
      deployments,
      rollbacks,
    ]),
  )}${observedTable(shown)}`;
}
