import type { Register } from '../cli';

export const registerHealth: Register = (program, run) => {
  program
    .command('health')
    .description('state of the system and of each component, from records and checks')
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async (workspace) => {
          const health = await workspace.health();
          cli.output.answer(health, () =>
            [
              health.status,
              ...health.components.map(({ name, status, detail }) => `${name}: ${status} (${detail})`),
              ...health.alerts.map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`),
            ].join('\n'),
          );
        });
      }),
    );
};
