import type { PatternRow } from '../protocol';
import { element, inWords } from './dom';
import { sparkline } from './sparkline';

const trends = { rising: '↗ rising', falling: '↘ falling', steady: '→ steady', unknown: 'trend unknown' };
const coverages = { missing: 'missing', disobeyed: 'disobeyed', unknown: 'coverage unknown' };

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** The second and the third line of a row. */
function linesOf(row: PatternRow): readonly [string, string] {
  const kind = [row.agent, inWords(row.type), row.severity, ...(row.decision ? [row.decision] : [])];
  if (row.unusual) kind.push('▼ unusual');
  const figures = [
    count(row.sessions, 'session'),
    `confidence ${row.confidence.toFixed(2)}`,
    trends[row.trend],
    coverages[row.coverage],
  ];
  return [kind.join(' · '), figures.join(' · ')];
}

/** One option of the list. What it says to a screen reader is all that it shows. */
export function listRow(row: PatternRow): HTMLElement {
  const [kind, figures] = linesOf(row);
  const made = element('div', 'row');
  made.setAttribute('role', 'option');
  made.setAttribute('aria-label', `${row.title}. Impact ${row.impact.toFixed(3)}. ${kind}. ${figures}`);
  made.dataset['pattern'] = row.id;
  made.title = row.title;
  made.append(
    element('span', '', row.title),
    element('span', 'rank', `impact ${row.impact.toFixed(3)}`),
    element('span', 'quiet', kind),
    sparkline(row.weeks),
    element('span', 'quiet', figures),
    element('span', 'rank quiet', count(row.corrections, 'time')),
  );
  return made;
}
