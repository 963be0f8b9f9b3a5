import type { ModelProbe } from '../../core/health/healthCheck';
import type { Health } from '../../core/model/execution';
import type { Register } from '../cli';
import { collect } from '../input';
import { ownWebhook, tellWebhook } from '../webhook';

interface Options {
  readonly check: readonly string[];
  readonly model?: string;
  readonly baseUrl?: string;
}

async function probeFor({ model, baseUrl }: Options): Promise<ModelProbe | undefined> {
  if (model === undefined) return undefined;
  const { probeOf } = await import('../../node/models/models');
  return probeOf(model, baseUrl === undefined ? {} : { baseUrl });
}

function textOf({ status, components, alerts }: Health): string {
  return [
    status,
    ...components.map(
      ({ name, status: own, detail, checkedBy }) =>
        `${name}: ${own} (${detail})${checkedBy === undefined ? '' : `\n    checked by: ${checkedBy}`}`,
    ),
    ...alerts.map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`),
  ].join('\n');
}

export const registerHealth: Register = (program, run) => {
  program
    .command('health')
    .description('state of the system and of each component, each proved by something small and real')
    .option('--check <name>', 'only this component; may be given several times', collect, [])
    .option('--model <provider:name>', 'ask whether this model can be reached, which costs nothing')
    .option('--base-url <url>', 'address of the model, instead of its provider’s own')
    .action(
      run(async (cli, options: Options) => {
        const { check } = options;
        const model = await probeFor(options);
        await cli.withWorkspace(async (workspace) => {
          const webhook = await workspace.alerts.webhook(ownWebhook());
          const health = await workspace.health({ checks: check, model, webhook, signal: cli.signal });
          if (check.length === 0) await tellWebhook(cli, workspace);
          cli.output.answer(health, () => textOf(health));
        });
      }),
    );
};
