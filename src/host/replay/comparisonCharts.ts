import type { CheckComparison } from '../../core/validate/replay/byCheck';

// Drawn in the colour of the text, so that they follow every theme; each stands beside its table or figure.

const width = 560;
const labelWidth = 140;
const rowHeight = 24;

/** Place of a difference in [-1, 1]. */
function across(difference: number): number {
  return labelWidth + ((difference + 1) / 2) * (width - labelWidth - 10);
}

function svg(height: number, label: string, parts: readonly string[]): string {
  return `<svg role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg>`;
}

const line = (x1: number, y1: number, x2: number, y2: number, more = '') =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="currentColor" ${more}/>`;

const text = (x: number, y: number, words: string, anchor = 'start') =>
  `<text x="${x}" y="${y}" fill="currentColor" font-size="12" text-anchor="${anchor}">${words}</text>`;

/** For each kind of check the difference with its interval; what is right of the middle favours B. */
export function forestPlot(checks: readonly CheckComparison[]): string {
  if (checks.length === 0) return '';
  const height = (checks.length + 1) * rowHeight + 6;
  const rows = checks.flatMap(({ type, difference, interval: [low, high] }, index) => {
    const y = index * rowHeight + rowHeight / 2;
    const [left, middle, right] = [across(low), across(difference), across(high)];
    return [
      // The kinds are names of ours, so that they need no escaping.
      text(0, y + 4, type),
      line(left, y, right, y, 'stroke-width="1.5"'),
      line(left, y - 4, left, y + 4),
      line(right, y - 4, right, y + 4),
      `<rect x="${(middle - 4).toFixed(1)}" y="${y - 4}" width="8" height="8" fill="currentColor"/>`,
    ];
  });
  const bottom = checks.length * rowHeight;
  const axis = [
    line(across(0), 0, across(0), bottom, 'stroke-dasharray="3 3" stroke-opacity="0.6"'),
    text(across(-1), bottom + 16, '−100%'),
    text(across(0), bottom + 16, '0', 'middle'),
    text(across(1), bottom + 16, '+100%', 'end'),
  ];
  return svg(height, 'Difference by kind of check, with 95% intervals', [...axis, ...rows]);
}

const pathHeight = 120;
const threshold = 20;

/** The e-values on a logarithmic scale, with the line that decides. */
export function evidencePath(values: readonly number[]): string {
  if (values.length < 2) return '';
  const logs = values.map((value) => Math.log10(Math.max(1e-3, Math.min(1e6, value))));
  const low = Math.min(-1, ...logs);
  const high = Math.max(Math.log10(threshold) + 0.3, ...logs);
  const y = (log: number) => 6 + ((high - log) / (high - low)) * (pathHeight - 12);
  const x = (index: number) => 50 + (index / (values.length - 1)) * (width - 60);
  const points = logs.map((log, index) => `${x(index).toFixed(1)},${y(log).toFixed(1)}`).join(' ');
  const level = (value: number, more: string) => {
    const at = y(Math.log10(value));
    return [line(50, at, width - 10, at, more), text(44, at + 4, String(value), 'end')];
  };
  return svg(pathHeight, 'E-value for B after each scenario, on a logarithmic scale', [
    ...level(threshold, 'stroke-dasharray="6 3"'),
    ...level(1, 'stroke-opacity="0.4"'),
    `<polyline points="${points}" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
  ]);
}
