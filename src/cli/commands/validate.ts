import type { ValidationReport } from '../../core/model/validation';
import type { Register } from '../cli';
import { readNamedFile } from '../input';
import { percent } from '../text';

interface Options {
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

export const registerValidate: Register = (program, run) => {
  program
    .command('validate')
    .argument('[id]', 'improvement to validate')
    .description('A/B and regression for an improvement, or quick validation of one prompt')
    .option('--prompt <file>', 'a prompt instead of an improvement')
    .option('--agent <name>', 'agent that the prompt is for')
    .action(
      run(async (cli, id: string | undefined, { prompt, agent }: Options) => {
        await cli.withWorkspace(async ({ validator, templates }) => {
          const report = await validate();
          const { verdict, tier } = report;
          cli.output.answer({ verdict, tier, report }, () => reportText(report));

          async function validate(): Promise<ValidationReport> {
            if (id !== undefined) return validator.validate(id, cli.signal);
            if (prompt !== undefined && agent !== undefined) {
              await templates.adopt();
              const text = (await readNamedFile(prompt)).toString('utf8');
              return validator.validatePrompt(text, agent, cli.signal);
            }
            return program.error('error: name an improvement, or give --prompt FILE and --agent NAME');
          }
        });
      }),
    );
};
