import type { ImportSummary } from '../../../src/core/capture/correctionCapture';
import type { Hunk, Improvement } from '../../../src/core/model/improvement';
import type { Pattern } from '../../../src/core/model/pattern';
import type { ValidationReport } from '../../../src/core/model/validation';

const excerptLength = 100;

export function importText(summary: ImportSummary): string {
  const { sessions, interactions, corrections, skipped, redactions } = summary;
  return [
    `${sessions} sessions with ${interactions} messages by people, ${corrections.found} corrections among them:`,
    ...Object.entries(corrections.bySignal).map(
      ([signal, count]) => `  ${String(count).padStart(4)}  ${signal}`,
    ),
    `${skipped.length} lines could not be read, ${redactions} secrets were redacted.`,
  ].join('\n');
}

export function patternText(pattern: Pattern): string {
  const { corrections, sessions } = pattern.support;
  return [
    `* ${pattern.title}`,
    `    ${pattern.agentType}: ${corrections} corrections in ${sessions} sessions, confidence ${pattern.confidence.toFixed(2)}, in the prompt: ${pattern.coverage.state}`,
    ...pattern.exemplars
      .slice(0, 2)
      .map(({ text, evidence }) => `    "${excerpt(text)}" (${evidence.path}:${evidence.line})`),
  ].join('\n');
}

export function improvementText(improvement: Improvement, report: ValidationReport): string {
  const { abTest } = report;
  return [
    `* ${improvement.improvementId} for ${improvement.templateId} ${improvement.baseVersion}: ${improvement.status}, ${improvement.strategy}, confidence ${improvement.confidence.toFixed(2)}`,
    ...improvement.hunks.map(hunkText),
    `    verdict: ${report.verdict}, by the ${report.tier} tier${report.tier === 'static' ? ' (a proxy: no model ran)' : ''}: ${abTest.pairs} pairs, passed ${share(abTest.passRate.a)} before and ${share(abTest.passRate.b)} after, exact McNemar p = ${abTest.mcnemarExact.toPrecision(2)}`,
    ...report.reasons.map((reason) => `      ${reason}`),
  ].join('\n');
}

export function hunkText(hunk: Hunk): string {
  return [
    `    ${hunk.hunkId}, ${hunk.strategy}, under "${hunk.section}": ${hunk.reason}`,
    ...changedLines('-', hunk.before),
    ...changedLines('+', hunk.after),
    ...hunk.evidence
      .slice(0, 3)
      .map(({ excerpt: words, source }) => `      said: "${excerpt(words)}" (${source.path}:${source.line})`),
  ].join('\n');
}

function changedLines(sign: string, text: string): readonly string[] {
  if (text === '') return [];
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => `      ${sign} ${line}`);
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= excerptLength ? line : `${line.slice(0, excerptLength - 1)}…`;
}

function share(rate: number): string {
  return `${(100 * rate).toFixed(0)} %`;
}
