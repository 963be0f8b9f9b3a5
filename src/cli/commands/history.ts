import type { Register } from '../cli';

export const registerHistory: Register = (program, run) => {
  program
    .command('history')
    .argument('<id>', 'template')
    .description('versions of a template, newest first, and what was deployed when')
    .action(
      run(async (cli, id: string) => {
        await cli.withWorkspace(async ({ templates }) => {
          const history = await templates.history(id);
          cli.output.skipped(history.skipped);
          cli.output.answer(history, () =>
            [
              ...history.versions.map(
                ({ version, status, createdAt, author, changeSummary }) =>
                  `${version}  ${status}  ${createdAt}  ${author}  ${changeSummary}`,
              ),
              ...history.events.map(
                ({ kind, fromVersion, toVersion, deployedAt, reason }) =>
                  `${deployedAt}  ${kind} ${fromVersion ?? 'none'} -> ${toVersion}  ${reason}`,
              ),
            ].join('\n'),
          );
        });
      }),
    );
};
