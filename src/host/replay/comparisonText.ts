import type { ReplayComparison, ScenarioResult } from '../../core/validate/replay/compareByModel';
import type { PromptBenchmark } from '../../core/validate/replay/replayBenchmark';
import { markdownText } from '../markdownText';
import { oneLine } from '../plainText';
import { evidencePath, forestPlot } from './comparisonCharts';

export interface ComparisonNames {
  readonly a: string;
  readonly b: string;
}

const noteLength = 120;
const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;

function interval(ends: readonly [number, number] | null, show: (value: number) => string): string {
  return ends === null ? '' : ` (${show(ends[0])} to ${show(ends[1])})`;
}

function figure(found: PromptBenchmark['milliseconds'], show: (value: number) => string): string {
  return found === null ? 'kept from before' : `${show(found.mean)}${interval(found.interval, show)}`;
}

function row({ id, a, b, repeats, difficulty, failed }: ScenarioResult): string {
  const passes = (count: number) =>
    repeats === 1 ? (count === 1 ? 'passed' : 'failed') : `${count} of ${repeats}`;
  const why = [...failed.a.map((note) => `A: ${note}`), ...failed.b.map((note) => `B: ${note}`)].join('; ');
  const cells = [id, passes(a), passes(b), difficulty, oneLine(why, noteLength)];
  return `| ${cells.map(markdownText).join(' | ')} |`;
}

function byCheckTable({ byCheck }: ReplayComparison): string {
  const rows = byCheck.map(
    ({ type, pairs, passRate, difference, interval: ends }) =>
      `| ${markdownText(type)} | ${pairs} | ${percent(passRate.a)} | ${percent(passRate.b)} | ${percent(difference)}${interval(ends, percent)} |`,
  );
  return ['| check | pairs | A | B | B minus A (95% interval) |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** A comparison as a page of Markdown. What models and people wrote is untrusted and escaped. */
export function comparisonText(found: ReplayComparison, names: ComparisonNames): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  const winner =
    found.winner === null ? 'neither is shown to be better' : `${found.winner.toUpperCase()} is better`;
  const { benchmark, spending } = found;
  const cost = spending.cost === undefined ? 'its price is not known' : `$${spending.cost.toFixed(4)}`;
  return [
    `# ${found.verdict}: ${winner}`,
    `**A** ${markdownText(names.a)}  \n**B** ${markdownText(names.b)}`,
    `${markdownText(found.model)} answered as both (evidence tier: replay).`,
    ...found.reasons.map((reason) => `- ${markdownText(reason)}`),
    '## Figures',
    [
      '| | A | B |',
      '|---|---|---|',
      `| passed | ${percent(found.passRate.a)} | ${percent(found.passRate.b)} |`,
      `| scenarios that favour it | ${found.favoured.a} | ${found.favoured.b} |`,
      `| milliseconds (95% interval) | ${figure(benchmark.a.milliseconds, whole)} | ${figure(benchmark.b.milliseconds, whole)} |`,
      `| tokens in | ${figure(benchmark.a.inputTokens, whole)} | ${figure(benchmark.b.inputTokens, whole)} |`,
      `| tokens out | ${figure(benchmark.a.outputTokens, whole)} | ${figure(benchmark.b.outputTokens, whole)} |`,
      `| failed questions | ${benchmark.a.failures} | ${benchmark.b.failures} |`,
    ].join('\n'),
    `Probability that the leader is better: ${percent(found.confidenceLevel)}. E-value for B: ${found.eValue.toPrecision(3)} (at most ${found.eValueMax.toPrecision(3)} on the way). ` +
      `${spending.calls} questions were asked now, ${cost}.`,
    '## By kind of check',
    byCheckTable(found),
    forestPlot(found.byCheck),
    '## Evidence on the way',
    `The e-value for B after each scenario; 20 would decide at the usual level. It is at ${found.eValue.toPrecision(3)} now.`,
    evidencePath(found.ePath),
    '## Scenarios',
    [
      '| scenario | A | B | difficulty | what failed |',
      '|---|---|---|---|---|',
      ...found.results.map(row),
    ].join('\n'),
  ].join('\n\n');
}
