import type { Figure } from '../../monitoring/figure';
import { grouped } from '../format';
import { html, type Markup, nothing } from '../html';
import { dataTable } from './dataTable';
import { figureText, range, targetText } from './units';

function outcome({ outcome: state, sure, interval }: Figure): Markup {
  if (state === 'unknown') return html`<span class="quiet keep">– unknown</span>`;
  const doubt = interval === null || sure ? nothing : html`<br><span class="quiet">too few to be sure</span>`;
  return state === 'met'
    ? html`<span class="met keep">✓ met</span>${doubt}`
    : html`<span class="missed keep">✗ missed</span>${doubt}`;
}

function row(figure: Figure): readonly (string | Markup)[] {
  const { label, unit, interval, sample, target, measured, proxy } = figure;
  return [
    proxy ? html`${label} <span class="tag">proxy</span>` : label,
    html`<strong>${figureText(figure)}</strong>`,
    interval === null ? '' : html`<span class="keep">${range(interval)}</span>`,
    `${grouped(sample.size)} ${sample.size === 1 ? sample.of.replaceAll(/s\b/g, '') : sample.of}`,
    html`<span class="keep">${targetText(target, unit)}</span>`,
    outcome(figure),
    html`<span class="how">${measured}</span>`,
  ];
}

/** The measured figures beside their targets; what is not measured says so. */
export function figuresTable(figures: readonly Figure[]): Markup {
  return dataTable(
    'Measured figures beside their targets',
    ['Figure', 'Measured', '95% interval', 'From', 'Target', 'Outcome', 'How'],
    figures.map(row),
  );
}
