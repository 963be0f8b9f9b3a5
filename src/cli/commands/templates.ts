import type { Register } from '../cli';

export const registerTemplates: Register = (program, run) => {
  program
    .command('templates')
    .description('list the managed prompts')
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ ports }) => {
          const { records, skipped } = await ports.store.list('templates');
          cli.output.skipped(skipped);
          cli.output.answer({ templates: records, skipped }, () =>
            records
              .map(
                ({ templateId, agentType, currentVersion, deployedVersion, path }) =>
                  `${templateId}  ${agentType}  current ${currentVersion}, deployed ${deployedVersion ?? 'none'}  ${path}`,
              )
              .join('\n'),
          );
        });
      }),
    );
};
