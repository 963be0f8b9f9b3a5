import { moveChoices } from '../../core/improve/scope/moveChoices';
import { moveHunk } from '../../core/review/moveHunk';
import type { Workspace } from '../../node/openWorkspace';
import type { Cli, Register } from '../cli';
import { improvementText } from '../improvementText';

interface Options {
  readonly hunk: string;
  readonly to?: string;
  readonly copy?: boolean;
}

export const registerMove: Register = (program, run) => {
  program
    .command('move')
    .argument('<id>', 'improvement')
    .description('move a pending hunk to the prompt it belongs in; without --to, list where it could go')
    .requiredOption('--hunk <id>', 'the hunk')
    .option('--to <path>', 'prompt file, as in src/db/CLAUDE.md or ~/.claude/CLAUDE.md; it need not exist')
    .option('--copy', 'leave it where it is, too: for another tool')
    .action(
      run(async (cli, id: string, { hunk, to, copy = false }: Options) => {
        await cli.withWorkspace(async (workspace) => {
          if (to === undefined) return listChoices(cli, workspace, id, hunk);
          const moved = await moveHunk(workspace, id, hunk, { path: to }, { copy });
          cli.output.answer(moved, () => improvementText(moved.to));
        });
      }),
    );
};

async function listChoices(cli: Cli, workspace: Workspace, id: string, hunkId: string): Promise<void> {
  const targets = await moveChoices(workspace, id, hunkId);
  cli.output.answer({ targets }, () =>
    targets.map(({ kind, path, reason, copy }) => `${copy ? 'copy' : kind}  ${path}  ${reason}`).join('\n'),
  );
}
