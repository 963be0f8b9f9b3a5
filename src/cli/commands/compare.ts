import { defaultConfiguration } from '../../core/model/configuration';
import { comparePrompts } from '../../core/validate/comparePrompts';
import type { PromptComparison } from '../../core/validate/promptValidator';
import { defaultReplayCap } from '../../node/replayRunner';
import type { Cli, Register } from '../cli';
import { readNamedFile } from '../input';
import { withModelOptions } from '../modelOptions';
import { isReplay, type ReplayOptions, replay, withReplayOptions } from '../replay';

interface Options extends ReplayOptions {
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

async function compare(cli: Cli, options: Options): Promise<PromptComparison> {
  const a = (await readNamedFile(options.a)).toString('utf8');
  const b = (await readNamedFile(options.b)).toString('utf8');
  const known = await cli.hasWorkspace();
  if (isReplay(options)) {
    const configuration = known
      ? await cli.withWorkspace(async (workspace) => workspace.configuration)
      : defaultConfiguration;
    return replay(cli, { a, b }, configuration, options);
  }
  return known
    ? cli.withWorkspace(({ validator }) => validator.compare(a, b, options.agent))
    : comparePrompts(a, b, [], defaultConfiguration);
}

export const registerCompare: Register = (program, run) => {
  const command = program
    .command('compare')
    .description(
      'A/B of two prompts: a model answers scenarios under both; without one, on the corrections known here (a proxy)',
    )
    .requiredOption('--a <file>', 'the one prompt')
    .requiredOption('--b <file>', 'the other prompt')
    .option('--agent <name>', 'without a model: agent whose corrections count (default: all)');
  withModelOptions(withReplayOptions(command), {
    model: 'who answers the scenarios; static asks none',
    cap: defaultReplayCap,
  }).action(
    run(async (cli, options: Options) => {
      const comparison = await compare(cli, options);
      cli.output.answer(comparison, () => comparisonText(comparison));
    }),
  );
};
