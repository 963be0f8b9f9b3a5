import type { Register } from '../cli';
import { parseJson, readStandardInput } from '../input';

export const registerRecord: Register = (program, run) => {
  program
    .command('record')
    .description('keep one correction, given as JSON on standard input')
    .action(
      run(async (cli) => {
        const input = parseJson(await readStandardInput(), 'standard input');
        await cli.withWorkspace(async ({ capture }) => {
          const { correction, filledIn } = await capture.record(input);
          if (filledIn.length > 0) cli.output.note(`filled in: ${filledIn.join(', ')}`);
          cli.output.answer(
            { correctionId: correction.correctionId, filledIn, correction },
            () => correction.correctionId,
          );
        });
      }),
    );
};
