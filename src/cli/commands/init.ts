import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Register } from '../cli';

export const registerInit: Register = (program, run) => {
  program
    .command('init')
    .description('make .claude-pm/ and adopt the prompt files found as templates 1.0.0')
    .option('--user', 'adopt your own prompts too: ~/.claude/CLAUDE.md, and its rules and agents')
    .action(
      run(async (cli, { user = false }: { readonly user?: boolean }) => {
        const root = await cli.root();
        await mkdir(join(root, '.claude-pm'), { recursive: true });
        await cli.withRoot(root, async ({ templates }) => {
          const adoption = await templates.adopt(user ? { personal: 'all' } : {});
          cli.output.skipped(adoption.skipped);
          cli.output.answer({ root, ...adoption }, () => {
            const rows = adoption.templates.map(
              ({ templateId, agentType, currentVersion, path }) =>
                `${templateId}  ${currentVersion}  ${agentType}  ${path}`,
            );
            const found = `${adoption.templates.length} prompts, ${adoption.adopted.length} of them new`;
            return [`${root}: ${found}`, ...rows].join('\n');
          });
        });
      }),
    );
};
