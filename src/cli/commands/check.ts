import type { Finding } from '../../core/lint/finding';
import type { CheckedPrompt } from '../../core/lint/promptCheck';
import type { Improvement } from '../../core/model/improvement';
import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { wholeNumber } from '../input';
import { exitStatus } from '../output';

interface Options {
  readonly fix?: boolean;
  readonly maxWarnings?: number;
}

function findingText({ place, severity, code, message }: Finding): string {
  return `${place.path}:${place.line}:${place.column} ${severity} ${code} ${message}`;
}

function text(
  findings: readonly Finding[],
  prompts: readonly CheckedPrompt[],
  ignored: number,
  improvements: readonly Improvement[] | undefined,
): string {
  const tokens = prompts.reduce((sum, each) => sum + each.tokens, 0);
  const count = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? '' : 's'}`;
  const hidden = ignored === 0 ? '' : ` (${ignored} more ignored)`;
  const total = `${count(findings.length, 'finding')}${hidden} in ${count(prompts.length, 'prompt')} of about ${tokens} tokens.`;
  const fixes = improvements?.map(improvementText) ?? [];
  const none = improvements?.length === 0 ? ['Nothing to propose.'] : [];
  return [[...findings.map(findingText), total].join('\n'), ...fixes, ...none].join('\n\n');
}

export const registerCheck: Register = (program, run) => {
  program
    .command('check')
    .description(
      'check the prompts themselves: paths, commands, tools, frontmatter, duplicates, contradictions',
    )
    .option('--fix', 'propose the fixes as improvements to review; writes no prompt')
    .option('--max-warnings <n>', 'exit with 3 when there are more errors and warnings', wholeNumber)
    .action(
      run(async (cli, { fix, maxWarnings }: Options) => {
        await cli.withWorkspace(async ({ promptCheck }) => {
          const { findings, ignored, prompts, skipped } = await promptCheck.check({ signal: cli.signal });
          cli.output.skipped(skipped);
          const improvements = fix === true ? await promptCheck.fix({ signal: cli.signal }) : undefined;
          cli.output.answer(
            { findings, ignored, prompts, skipped, ...(improvements === undefined ? {} : { improvements }) },
            () => text(findings, prompts, ignored, improvements),
          );
          const serious = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
          if (maxWarnings !== undefined && serious.length > maxWarnings)
            process.exitCode = exitStatus.refused;
        });
      }),
    );
};
