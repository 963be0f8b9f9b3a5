import { stageText } from '../unfinishedRuns';
import type { ExplainedAgent, ExplainedValidation, Explanation } from './explanation';

/** Longest list that is shown in full. */
const most = 8;
const mostScenarios = 3;

export interface ExplainTextOptions {
  /** Makes stored text safe where it is shown; Markdown needs it. */
  readonly safe: (text: string) => string;
}

/** The explanation as Markdown, which a terminal can show as it is. */
export function explainText(explanation: Explanation, { safe }: ExplainTextOptions): string {
  const { execution, failures, validations } = explanation;
  const place = execution.at === null ? '' : `, in ${safe(execution.at)}`;
  return [
    `# Run of ${execution.startedAt}: ${execution.status}${place}`,
    '',
    ...(failures.length === 0 && execution.status === 'completed' ? ['Nothing failed.', ''] : []),
    ...failures.flatMap((failure) => [
      `- ${safe(stageText(failure))}: ${failure.code}: ${safe(failure.message)} ${safe(failure.remedy)}`,
    ]),
    ...(failures.length > 0 ? [''] : []),
    ...timeLines(explanation, safe),
    ...explanation.agents.flatMap((agent) => agentLines(agent, explanation, safe)),
    ...thresholdLines(explanation),
    '## Validation',
    '',
    ...(validations.length === 0 ? ['The run made no improvement, so there was nothing to validate.'] : []),
    ...validations.flatMap((each) => validationLines(each, safe)),
    '',
    ...deploymentLines(explanation, safe),
  ].join('\n');
}

type Safe = ExplainTextOptions['safe'];

function timeLines({ timings, pipelineTimeout, failures }: Explanation, safe: Safe): string[] {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  const cut = failures.find(({ code }) => code === 'TIMED_OUT');
  return [
    '## Time',
    '',
    ...timings.map((each) => `- ${safe(stageText(each))}: ${each.status}, ${each.seconds.toFixed(1)} s`),
    `- in all ${total.toFixed(1)} s of ${pipelineTimeout} s (pipelineTimeout)${cut ? `; the limit cut ${safe(stageText(cut))}` : ''}`,
    '',
  ];
}

function agentLines(agent: ExplainedAgent, { limits }: Explanation, safe: Safe): string[] {
  const { agentType, corrections, patterns, groups, alone, steps, dropped } = agent;
  const none = groups.filter(({ whyNot }) => whyNot !== null);
  if (steps.every((step) => step.patterns === 0) && groups.length === 0 && dropped.length === 0) {
    return [
      `## ${safe(agentType)}`,
      '',
      `${plural(corrections, 'correction')} in ${limits.days} days; none of ${steps.length} other limits tried finds a pattern.`,
      '',
    ];
  }
  return [
    `## ${safe(agentType)}`,
    '',
    `${plural(corrections, 'correction')} in ${limits.days} days: ${plural(patterns, 'pattern')}, ${plural(none.length, 'group')} that are none, ${plural(alone, 'correction')} like no other.`,
    '',
    ...capped(none, ({ title, corrections: size, sessions, whyNot }) => {
      return `- no pattern: “${safe(title)}” (${plural(size, 'correction')}, ${plural(sessions, 'session')}): ${whyNot}`;
    }),
    ...capped(dropped, ({ about, reason }) => `- no improvement: ${safe(about)}: ${safe(reason)}`),
    ...(none.length + dropped.length > 0 ? [''] : []),
    'Patterns with other limits (analyzed again, not estimated):',
    '',
    ...steps.map(({ threshold, days, patterns: found, more, inForce }) => {
      const named = more.slice(0, 3).map((title) => `“${safe(title)}”`);
      const rest = more.length > 3 ? ` and ${more.length - 3} more` : '';
      return `- threshold ${threshold}, ${days} days: ${found}${inForce ? ' (in force)' : ''}${named.length > 0 ? `, also ${named.join(', ')}${rest}` : ''}`;
    }),
    '',
  ];
}

function thresholdLines({ hunksAt, limits }: Explanation): string[] {
  return [
    '## Changes at each confidence',
    '',
    'What does not pass improvementConfidenceThreshold is a draft.',
    '',
    ...hunksAt.map(({ threshold, hunks }) => {
      const inForce = threshold === limits.improvementConfidenceThreshold ? ' (in force)' : '';
      return `- ${threshold}: ${plural(hunks, 'change')} of the run${inForce}`;
    }),
    '',
  ];
}

function validationLines(each: ExplainedValidation, safe: Safe): string[] {
  const { improvementId, agentType, verdict, tier, pairs, missingPairs, reasons, weak } = each;
  const missing = missingPairs === null || missingPairs === 0 ? '' : `, ${missingPairs} more needed`;
  return [
    `- ${improvementId} (${safe(agentType)}): ${verdict === null ? 'not validated' : `${verdict} by the ${tier} tier, ${plural(pairs, 'pair')}${missing}`}`,
    ...reasons.map((reason) => `  - ${safe(reason)}`),
    ...named('passed before and fails now', weak.lost, safe),
    ...named('fails under both prompts', weak.failUnderBoth, safe),
    ...named('flips between repeats', weak.unsteady, safe),
  ];
}

function named(what: string, tasks: readonly string[], safe: Safe): string[] {
  const short = (task: string) => {
    const line = task.replace(/\s+/g, ' ').trim();
    return line.length > 100 ? `${line.slice(0, 99)}…` : line;
  };
  const rest = tasks.length - mostScenarios;
  return [
    ...tasks.slice(0, mostScenarios).map((task) => `  - weak, ${what}: ${safe(short(task))}`),
    ...(rest > 0 ? [`  - … and ${plural(rest, 'more scenario')} that ${what.replace('fails', 'fail')}`] : []),
  ];
}

function deploymentLines({ targets, decisions, autoDeploymentEnabled }: Explanation, safe: Safe): string[] {
  return [
    '## Deployment',
    '',
    `Automatic deployment is ${autoDeploymentEnabled ? 'on' : 'off'}; it takes a verdict of ship by the replay or observed tier.`,
    '',
    ...decisions.map(({ improvementId, deployed, because }) => {
      return `- ${improvementId}: ${deployed ? 'deployed. ' : ''}${safe(because)}`;
    }),
    ...targets.map(({ agentType, path, format, deployedVersion, currentVersion, trouble }) => {
      const versions = `${deployedVersion ?? 'nothing'} deployed, ${currentVersion} newest`;
      return `- ${safe(agentType)}: ${safe(path)} (${format === null ? 'no known format' : safe(format)}): ${versions}; ${trouble.length === 0 ? 'nothing stands in the way' : safe(trouble.join('; '))}`;
    }),
  ];
}

function capped<T>(all: readonly T[], line: (one: T) => string): string[] {
  const lines = all.slice(0, most).map(line);
  return all.length > most ? [...lines, `- … and ${all.length - most} more; --json names them all`] : lines;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
