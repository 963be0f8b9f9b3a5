import type { ValidationReport } from '../../core/model/validation';
import type { ComparedTexts } from '../../core/validate/promptValidator';
import type { Workspace } from '../../node/openWorkspace';
import { defaultReplayCap } from '../../node/replayRunner';
import type { Cli, Register } from '../cli';
import { readNamedFile } from '../input';
import { withModelOptions } from '../modelOptions';
import { isReplay, type ReplayOptions, readScenarioFile, replay, withReplayOptions } from '../replay';
import { percent } from '../text';

interface Options extends ReplayOptions {
  readonly prompt?: string;
  readonly agent?: string;
}

function reportText(report: ValidationReport): string {
  const { abTest } = report;
  return [
    `${report.verdict} (${report.tier})`,
    `old ${percent(abTest.passRate.a)}, new ${percent(abTest.passRate.b)} of ${abTest.pairs} pairs, p = ${abTest.mcnemarExact.toPrecision(3)}`,
    ...report.reasons.map((reason) => `- ${reason}`),
  ].join('\n');
}

async function validateByModel(
  cli: Cli,
  { validator, configuration }: Workspace,
  texts: ComparedTexts,
  options: Options,
): Promise<ValidationReport> {
  const scenarios = await readScenarioFile(cli, options.scenarios);
  const comparison = await replay(cli, { a: texts.old, b: texts.proposed }, configuration, options);
  return validator.keepReplay(texts, comparison, scenarios);
}

/** `undefined` where neither an improvement nor a prompt with its agent is named. */
async function validate(
  cli: Cli,
  workspace: Workspace,
  id: string | undefined,
  options: Options,
): Promise<ValidationReport | undefined> {
  const { validator, templates } = workspace;
  const { prompt, agent } = options;
  if (id !== undefined) {
    if (!isReplay(options)) return validator.validate(id, cli.signal);
    return validateByModel(cli, workspace, await validator.improvementTexts(id), options);
  }
  if (prompt === undefined || agent === undefined) return undefined;
  await templates.adopt();
  const text = (await readNamedFile(prompt)).toString('utf8');
  if (!isReplay(options)) return validator.validatePrompt(text, agent, cli.signal);
  return validateByModel(cli, workspace, await validator.promptTexts(text, agent), options);
}

export const registerValidate: Register = (program, run) => {
  const command = program
    .command('validate')
    .argument('[id]', 'improvement to validate')
    .description(
      'A/B and regression for an improvement, or quick validation of one prompt; with a model by what it answers, else by held-out corrections (a proxy)',
    )
    .option('--prompt <file>', 'a prompt instead of an improvement')
    .option('--agent <name>', 'agent that the prompt is for');
  withModelOptions(withReplayOptions(command), {
    model: 'who answers the scenarios; static asks none',
    cap: defaultReplayCap,
  }).action(
    run(async (cli, id: string | undefined, options: Options) => {
      await cli.withWorkspace(async (workspace) => {
        const report =
          (await validate(cli, workspace, id, options)) ??
          program.error('error: name an improvement, or give --prompt FILE and --agent NAME');
        const { verdict, tier } = report;
        cli.output.answer({ verdict, tier, report }, () => reportText(report));
      });
    }),
  );
};
