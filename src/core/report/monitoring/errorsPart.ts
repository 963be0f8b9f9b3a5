import type { Monitoring } from '../../monitoring/buildMonitoring';
import { html, type Markup } from '../html';
import { dataTable } from './dataTable';
import { type ChartRow, rowChart } from './rowChart';
import { minute, range, share } from './units';

/** Error rates by component and by code. */
export function errorsPart({
  errorsByComponent,
  errorsByCode,
}: Pick<Monitoring, 'errorsByComponent' | 'errorsByCode'>): Markup {
  const rows = errorsByComponent.flatMap(({ component, work, failed }): ChartRow[] =>
    failed.value === null || failed.interval === null
      ? []
      : [
          {
            value: failed.value,
            span: failed.interval,
            title: `${component}, ${work}: ${share(failed.value)} failed, ${failed.count} of ${failed.of}`,
          },
        ],
  );
  const chart =
    rows.length === 0
      ? html`<p class="quiet">Not measured yet: any run measures it.</p>`
      : rowChart('Error rate by component with its 95% interval, from 0 to 100%', rows, 1);
  const codes =
    errorsByCode.length === 0
      ? html`<p class="quiet">No error is recorded.</p>`
      : dataTable(
          'Errors by code',
          ['Code', 'Times', 'Components', 'Last (UTC)'],
          errorsByCode.map(({ code, times, components, last }) => [
            html`<code>${code}</code>`,
            times,
            components.join(', '),
            minute(last),
          ]),
        );
  return html`<p class="quiet">Of what was begun and not cancelled by a person. Bars are shares from 0 to 100%, lines their 95% intervals.</p>${chart}${dataTable(
    'Error rate by component',
    ['Component', 'Work', 'Failed', '95% interval', 'Error rate'],
    errorsByComponent.map(({ component, work, failed }) => [
      component,
      work,
      `${failed.count} of ${failed.of}`,
      failed.interval === null ? '' : range(failed.interval),
      failed.value === null ? 'Not measured yet' : share(failed.value),
    ]),
  )}${codes}`;
}
