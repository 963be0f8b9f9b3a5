import type { Register } from '../cli';
import { improvementText } from '../improvementText';

export const registerShow: Register = (program, run) => {
  program
    .command('show')
    .argument('<id>', 'improvement')
    .description('show an improvement with its hunks, reasons and evidence')
    .action(
      run(async (cli, id: string) => {
        await cli.withWorkspace(async ({ review }) => {
          const { improvement, currentText, proposedText, conflicts } = await review.show(id);
          cli.output.answer({ improvement, currentText, proposedText, conflicts }, () =>
            [
              improvementText(improvement),
              ...conflicts.map(({ hunkId, message }) => `  ${hunkId}  collides: ${message}`),
            ].join('\n'),
          );
        });
      }),
    );
};
