import { svgElement } from './dom';

const height = 26;

/** The last weeks as small bars. Its figures stand in the details, so that a screen reader passes it over. */
export function sparkline(weeks: readonly number[]): SVGSVGElement {
  const svg = svgElement('svg', {
    'aria-hidden': 'true',
    height,
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
