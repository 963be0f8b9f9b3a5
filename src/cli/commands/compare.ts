import { Option } from 'commander';
import { defaultConfiguration } from '../../core/model/configuration';
import { comparePrompts } from '../../core/validate/comparePrompts';
import type { PromptComparison } from '../../core/validate/promptValidator';
import type { Register } from '../cli';
import { readNamedFile } from '../input';

interface Options {
  readonly a: string;
  readonly b: string;
  readonly agent?: string;
}

function comparisonText({ winner, verdict, tier, reasons }: PromptComparison): string {
  return [
    `${verdict} (${tier}), winner: ${winner ?? 'none'}`,
    ...reasons.map((reason) => `- ${reason}`),
  ].join('\n');
}

export const registerCompare: Register = (program, run) => {
  program
    .command('compare')
    .description('A/B of two prompts on the corrections known here; a proxy: no model runs')
    .requiredOption('--a <file>', 'the one prompt')
    .requiredOption('--b <file>', 'the other prompt')
    .option('--agent <name>', 'agent whose corrections count (default: all)')
    .addOption(new Option('--model <model>', 'what answers').choices(['static']).default('static'))
    .action(
      run(async (cli, options: Options) => {
        const a = (await readNamedFile(options.a)).toString('utf8');
        const b = (await readNamedFile(options.b)).toString('utf8');
        const comparison = (await cli.hasWorkspace())
          ? await cli.withWorkspace(({ validator }) => validator.compare(a, b, options.agent))
          : comparePrompts(a, b, [], defaultConfiguration);
        cli.output.answer(comparison, () => comparisonText(comparison));
      }),
    );
};
