import { CommanderError } from 'commander';
import type { ForgetRequest } from '../../core/capture/correctionCuration';
import type { Register } from '../cli';
import { time } from '../input';
import { exitStatus } from '../output';

interface Options {
  readonly id?: string;
  readonly session?: string;
  readonly before?: Date;
}

export const registerForget: Register = (program, run) => {
  program
    .command('forget')
    .description('take corrections out for good, with what other records quote of them')
    .option('--id <id>', 'one correction')
    .option('--session <id>', 'all of one session')
    .option('--before <iso>', 'all that are older', time)
    .action(
      run(async (cli, options: Options) => {
        const request = requestOf(options);
        await cli.withWorkspace(async ({ capture: { curation } }) => {
          const { correctionIds } = await curation.forget(request);
          const count = correctionIds.length;
          cli.output.answer({ changed: correctionIds }, () =>
            count === 1 ? '1 correction was forgotten.' : `${count} corrections were forgotten.`,
          );
        });
      }),
    );
};

function requestOf({ id, session, before }: Options): ForgetRequest {
  const requests: ForgetRequest[] = [
    ...(id === undefined ? [] : [{ id }]),
    ...(session === undefined ? [] : [{ sessionId: session }]),
    ...(before === undefined ? [] : [{ before }]),
  ];
  const [only, more] = requests;
  if (only === undefined || more !== undefined) {
    const message = 'Say what to forget: one of --id, --session and --before.';
    process.stderr.write(`error: ${message}\n`);
    throw new CommanderError(exitStatus.usage, 'forget.what', message);
  }
  return only;
}
