import { defaultConfiguration } from '../../core/model/configuration';
import { comparePrompts } from '../../core/validate/comparePrompts';
import type { PromptComparison } from '../../core/validate/promptValidator';
import { type ChosenCandidate, chooseCandidate } from '../../core/validate/replay/candidates';
import { defaultReplayCap } from '../../node/replayRunner';
import type { Cli, Register } from '../cli';
import { collect, readNamedFile } from '../input';
import { withModelOptions } from '../modelOptions';
import { budgetOf, isReplay, type ReplayOptions, replay, withReplayOptions } from '../replay';

interface Options extends ReplayOptions {
  readonly a: string;
  readonly b: readonly string[];
  readonly agent?: string;
}

function comparisonText({ winner, verdict, tier, reasons }: PromptComparison): string {
  return [
    `${verdict} (${tier}), winner: ${winner ?? 'none'}`,
    ...reasons.map((reason) => `- ${reason}`),
  ].join('\n');
}

async function textOf(file: string): Promise<string> {
  return (await readNamedFile(file)).toString('utf8');
}

async function configurationOf(cli: Cli) {
  return (await cli.hasWorkspace())
    ? cli.withWorkspace(async ({ configuration }) => configuration)
    : defaultConfiguration;
}

async function compare(cli: Cli, file: string, options: Options): Promise<PromptComparison> {
  const [a, b] = [await textOf(options.a), await textOf(file)];
  if (isReplay(options)) return replay(cli, { a, b }, await configurationOf(cli), options);
  return (await cli.hasWorkspace())
    ? cli.withWorkspace(({ validator }) => validator.compare(a, b, options.agent))
    : comparePrompts(a, b, [], defaultConfiguration);
}

/** Each candidate beside the same old prompt, whose answers are kept from the first on. */
async function compareSeveral(cli: Cli, options: Options): Promise<ChosenCandidate> {
  const [first, ...others] = options.b;
  if (first === undefined) throw new Error('there is no candidate');
  const configuration = await configurationOf(cli);
  const budget = budgetOf(options);
  const candidate = async (name: string) => ({
    name,
    comparison: await replay(
      cli,
      { a: await textOf(options.a), b: await textOf(name) },
      configuration,
      options,
      budget,
    ),
  });
  const head = await candidate(first);
  const rest = [];
  for (const name of others) rest.push(await candidate(name));
  return chooseCandidate([head, ...rest], configuration.significanceLevel);
}

function severalText({ best, all }: ChosenCandidate): string {
  const lines = all.map(
    ({ name, comparison, adjustedP }) =>
      `${name}: ${comparison.verdict}, ${(comparison.effect * 100).toFixed(1)} points, p = ${adjustedP.toPrecision(3)} (Holm)`,
  );
  return [...lines, '', `${best.name}: ${comparisonText(best.comparison)}`].join('\n');
}

export const registerCompare: Register = (program, run) => {
  const command = program
    .command('compare')
    .description(
      'A/B of two prompts: a model answers scenarios under both; without one, on the corrections known here (a proxy)',
    )
    .requiredOption('--a <file>', 'the one prompt')
    .requiredOption('--b <file>', 'the other prompt; with a model it may stand several times', collect)
    .option('--agent <name>', 'without a model: agent whose corrections count (default: all)');
  withModelOptions(withReplayOptions(command), {
    model: 'who answers the scenarios; static asks none',
    cap: defaultReplayCap,
  }).action(
    run(async (cli, options: Options) => {
      const [only, ...others] = options.b;
      if (only !== undefined && (others.length === 0 || !isReplay(options))) {
        if (others.length > 0) program.error('error: several prompts for --b take a model');
        const comparison = await compare(cli, only, options);
        cli.output.answer(comparison, () => comparisonText(comparison));
        return;
      }
      const chosen = await compareSeveral(cli, options);
      const candidates = chosen.all.map(({ name, adjustedP, comparison }) => {
        const { winner, verdict, pValue, effect, interval } = comparison;
        return { file: name, winner, verdict, pValue, adjustedP, effect, interval };
      });
      cli.output.answer({ ...chosen.best.comparison, b: chosen.best.name, candidates }, () =>
        severalText(chosen),
      );
    }),
  );
};
