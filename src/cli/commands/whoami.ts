import { identityText } from '../../core/roles/identity';
import { operations } from '../../core/roles/operations';
import type { Register } from '../cli';

const named: Readonly<Record<string, string>> = {
  setting: 'the setting claudePm.identity',
  environment: 'CLAUDE_PM_IDENTITY',
  git: 'git',
  system: 'the account on this machine',
};

export const registerWhoami: Register = (program, run) => {
  program
    .command('whoami')
    .description('who you are to this workspace, what says so, and your role for each prompt')
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ access, ports }) => {
          const { from, ...identity } = await access.identity();
          const { records, skipped } = await ports.store.list('templates');
          cli.output.skipped(skipped);
          const role = await access.roleFor();
          const prompts = await Promise.all(
            records.map(async ({ templateId, path }) => {
              return { templateId, path, role: await access.roleFor({ templateId, path }) };
            }),
          );
          const restricted = access.table !== undefined;
          const document = { identity, from, restricted, role, templates: prompts, operations, skipped };
          cli.output.answer(document, () =>
            [
              `${identityText(identity)}, by ${named[from]}; nothing checks that it is true.`,
              restricted
                ? `${role} for what concerns no prompt in particular`
                : 'No roles are set in .claude-pm/config.json: everybody may do everything.',
              ...prompts.map((one) => `${one.role}  ${one.templateId}  ${one.path}`),
            ].join('\n'),
          );
        });
      }),
    );
};
