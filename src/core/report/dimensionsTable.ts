import type { Dimensions } from '../model/pattern';
import { inWords } from './format';
import { html, type Markup, nothing } from './html';

const names = [
  ['agents', 'Agent'],
  ['types', 'Type'],
  ['signals', 'Signal'],
  ['severities', 'Severity'],
  ['fileKinds', 'File kind'],
  ['tools', 'Tool'],
] as const satisfies readonly (readonly [keyof Dimensions, string])[];

/** File kinds and tools are names of their own and stand as they are. */
const verbatim: readonly (keyof Dimensions)[] = ['agents', 'fileKinds', 'tools'];

function valuesOf(counts: Readonly<Record<string, number | undefined>>, asIs: boolean): string {
  return Object.entries(counts)
    .map(([value, count]) => ({ value: asIs ? value : inWords(value), count: count ?? 0 }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .map(({ value, count }) => `${value} (${count})`)
    .join(', ');
}

/** How the members spread over each dimension; a dimension that nothing is known of is left out. */
export function dimensionsTable(dimensions: Dimensions | undefined): Markup {
  if (!dimensions) return nothing;
  const rows = names
    .map(([key, name]) => ({ name, values: valuesOf(dimensions[key], verbatim.includes(key)) }))
    .filter(({ values }) => values !== '')
    .map(({ name, values }) => html`<tr><th scope="row">${name}</th><td>${values}</td></tr>`);
  return html`<h4>What it consists of</h4><table><thead><tr><th scope="col">Dimension</th><th scope="col">Values (corrections)</th></tr></thead><tbody>${rows}</tbody></table>`;
}
