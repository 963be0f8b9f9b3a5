import { svgElement } from './dom';

/** Units of the drawing; the row gives its size. */
const height = 20;

/** The last weeks as small bars. Its figures stand in the details, so that a screen reader passes it over. */
export function sparkline(weeks: readonly number[]): SVGSVGElement {
  const svg = svgElement('svg', {
    'aria-hidden': 'true',
    viewBox: `0 0 ${Math.max(1, weeks.length) * 4} ${height}`,
    preserveAspectRatio: 'none',
  });
  const top = Math.max(1, ...weeks);
  for (const [index, count] of weeks.entries()) {
    const tall = count === 0 ? 1 : Math.max(3, (count / top) * height);
    svg.append(svgElement('rect', { class: 'bar', x: index * 4, y: height - tall, width: 3, height: tall }));
  }
  return svg;
}
