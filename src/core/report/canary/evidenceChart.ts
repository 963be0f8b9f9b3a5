import type { Assessment, EvidencePoint } from '../../canary/assessment';
import { eValueText } from '../../canary/eValueText';
import { html, type Markup, nothing } from '../html';

const width = 520;
const height = 180;
const left = 46;
const right = 12;
const top = 12;
const bottom = 26;
/** E-values outside of these are drawn at the edge. */
const [least, most] = [0.01, 1000];

const inside = (value: number) => Math.min(most, Math.max(least, value));

function y(eValue: number): number {
  const share = Math.log(inside(eValue) / least) / Math.log(most / least);
  return height - bottom - share * (height - top - bottom);
}

function line(path: readonly EvidencePoint[], of: 'goal' | 'harm', sessions: number): string {
  return path
    .map((point) => `${x(point.sessions, sessions).toFixed(1)},${y(point[of]).toFixed(1)}`)
    .join(' ');
}

function x(session: number, sessions: number): number {
  return left + (session / Math.max(1, sessions)) * (width - left - right);
}

/** So many points at most: more would not be seen. */
const mostPoints = 200;

export function thinned(path: readonly EvidencePoint[], points = mostPoints): readonly EvidencePoint[] {
  if (path.length <= points) return path;
  const step = path.length / points;
  return Array.from({ length: points }, (_, index) => path[Math.ceil((index + 1) * step) - 1]).filter(
    (point) => point !== undefined,
  );
}

/** E-values of goal and harm after each session, on a logarithmic axis, with the threshold. The table beside it says the same. */
export function evidenceChart({ path, goal, harm }: Assessment): Markup {
  if (path.length === 0) return nothing;
  const sessions = path.at(-1)?.sessions ?? 0;
  const points = thinned(path);
  const start: EvidencePoint = { sessions: 0, goal: 1, harm: 1 };
  const ticks = [0.01, 0.1, 1, 10, 100, 1000].map(
    (tick) =>
      html`<text class="tick" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${String(tick)}</text><line class="grid" x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
  );
  const label = `E-values after each of ${sessions} sessions: goal ${eValueText(goal.eValue)}, harm ${eValueText(harm.eValue)}, threshold ${eValueText(goal.threshold)}`;
  return html`<svg class="plot evidence" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    ${ticks}
    <line class="threshold" x1="${left}" x2="${width - right}" y1="${y(goal.threshold)}" y2="${y(goal.threshold)}"/>
    <polyline class="goal" points="${line([start, ...points], 'goal', sessions)}"/>
    <polyline class="harm" points="${line([start, ...points], 'harm', sessions)}"/>
    <text class="tick" x="${left}" y="${height - 8}">0</text>
    <text class="tick" x="${width - right}" y="${height - 8}" text-anchor="end">${sessions} sessions</text>
  </svg>`;
}
