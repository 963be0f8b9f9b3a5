import { changeLines } from '../../core/templates/changeText';
import type { Register } from '../cli';

export const registerDiff: Register = (program, run) => {
  program
    .command('diff')
    .argument('<id>', 'template')
    .argument('<a>', 'version')
    .argument('<b>', 'version')
    .description(
      'what changed between two versions: by section, in tokens, how alike they are, how risky it is',
    )
    .action(
      run(async (cli, id: string, a: string, b: string) => {
        await cli.withWorkspace(async ({ templates }) => {
          const change = await templates.describeChange(id, a, b);
          const { figures, risk, sections } = changeLines(change);
          cli.output.answer(change, () =>
            [figures, risk, ...sections.map((section) => `  ${section}`), change.diff].join('\n'),
          );
        });
      }),
    );
};
