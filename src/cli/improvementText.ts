import type { Advice, Hunk, Improvement } from '../core/model/improvement';
import { confidenceWords } from '../core/report/confidenceWords';
import { outcomesLine } from '../core/report/outcomesLine';
import { excerpt } from './text';

const prefixed = (text: string, mark: string) =>
  text === ''
    ? []
    : text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map((line) => `    ${mark} ${line}`);

const prefixedLine = (line: string) => (line === '' ? [] : [`    ${line}`]);

/** What would hold where words do not, with its drafts in full. */
function adviceLines({ kind, reason, files }: Advice): string[] {
  return [
    `    advice (${kind}): ${reason}`,
    ...files.flatMap(({ path, text }) => [`    draft of ${path}:`, ...prefixed(text, '|')]),
  ];
}

function hunkText(hunk: Hunk): string {
  const where = hunk.section === '' ? 'before the first heading' : hunk.section;
  const tokens = `${hunk.tokenDelta < 0 ? '' : '+'}${hunk.tokenDelta} tokens (estimated)`;
  const writer = hunk.writer?.kind === 'model' ? `, worded by ${hunk.writer.model ?? 'a model'}` : '';
  const noted = (hunk.checks ?? []).filter(({ outcome }) => outcome !== 'passed');
  return [
    `  ${hunk.hunkId}  ${hunk.strategy}  ${hunk.decision}  in: ${where}`,
    `    ${confidenceWords(hunk.confidence, hunk.confidenceParts)}, ${tokens}${writer}`,
    `    ${hunk.reason}`,
    ...prefixedLine(outcomesLine(hunk.confidenceParts)),
    ...(hunk.scope === undefined ? [] : [`    scope ${hunk.scope.kind}: ${hunk.scope.reason}`]),
    ...noted.map(({ check, note }) => `    ${check}: ${note}`),
    ...(hunk.decisionReason === undefined ? [] : [`    ${hunk.decision}: ${hunk.decisionReason}`]),
    ...(hunk.advice === undefined ? [] : adviceLines(hunk.advice)),
    ...prefixed(hunk.before, '-'),
    ...prefixed(hunk.editedAfter ?? hunk.after, '+'),
    ...hunk.evidence
      .slice(0, 3)
      .map(
        ({ excerpt: words, source }) => `    evidence ${source.path}:${source.line}: ${excerpt(words, 80)}`,
      ),
  ].join('\n');
}

/** An improvement as a person reads it in a terminal. */
export function improvementText(improvement: Improvement): string {
  const { validation } = improvement;
  const verdict = validation ? `, ${validation.tier}: ${validation.verdict}` : '';
  const head = `${improvement.improvementId}  ${improvement.status}  ${improvement.templateId} ${improvement.baseVersion}${verdict}`;
  const unheld = (improvement.advice ?? []).flatMap(({ patternId, rule, advice }) => [
    `  ${patternId}  no wording holds: ${rule}`,
    ...adviceLines(advice),
  ]);
  return [head, ...improvement.hunks.map(hunkText), ...unheld].join('\n');
}
