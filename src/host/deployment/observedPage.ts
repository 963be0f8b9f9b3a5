import type { Observation } from '../../core/model/observation';
import { observationalLabel, observationCaveats, observationLines } from '../../core/observe/observationText';
import type { Rules } from '../../core/observe/readRules';
import { prunedLine, ruleCaveats, ruleLines } from '../../core/observe/ruleText';
import { markdownText } from '../markdownText';

/** Each accepted rule that stands in the prompt, with what became of its corrections. */
function rulesPart({ rules, pruned }: Pick<Rules, 'rules' | 'pruned'>): readonly string[] {
  const listed = rules.flatMap((rule) => {
    const [heading = '', ...lines] = ruleLines(rule);
    return [`### ${markdownText(heading)}`, lines.map((line) => `- ${markdownText(line.trim())}`).join('\n')];
  });
  const gone = pruned.map((rule) => `- ${markdownText(prunedLine(rule))}`).join('\n');
  return [
    ...(listed.length === 0 ? [] : ['## Rules', ...listed]),
    ...(gone === '' ? [] : ['## Rules taken out after a test', gone]),
  ];
}

/** A Markdown page of what was observed, the newest deployment first. Texts of records are untrusted and escaped. */
export function observedPage(
  path: string,
  observations: readonly Observation[],
  found: Pick<Rules, 'rules' | 'pruned'>,
): string {
  const rules = rulesPart(found);
  const caveats = rules.length === 0 ? observationCaveats : [...observationCaveats, ...ruleCaveats];
  const sections = observations.flatMap((observation) => {
    const [heading = '', ...lines] = observationLines(observation);
    return [`## ${markdownText(heading)}`, lines.map((line) => `- ${markdownText(line.trim())}`).join('\n')];
  });
  return [
    `# Observed effect: ${markdownText(path)}`,
    `**${markdownText(observationalLabel)}**`,
    ...sections,
    ...rules,
    '## How to read it',
    caveats.map((line) => `- ${markdownText(line)}`).join('\n'),
  ].join('\n\n');
}
