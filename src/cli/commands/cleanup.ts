import type { Register } from '../cli';
import { wholeNumber } from '../input';

interface Options {
  readonly dryRun?: boolean;
  readonly keep?: number;
  readonly days?: number;
}

export const registerCleanup: Register = (program, run) => {
  program
    .command('cleanup')
    .description('remove old versions that no file holds or held and that no record needs')
    .option('--dry-run', 'only say what would go, and why the others stay')
    .option(
      '--keep <number>',
      'newest versions of each template to keep; default: versionRetention.keep',
      wholeNumber,
    )
    .option(
      '--days <number>',
      'keep what is no older; 0: age does not matter; default: versionRetention.days',
      wholeNumber,
    )
    .action(
      run(async (cli, { dryRun = false, keep, days }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const retention = {
            ...(keep === undefined ? {} : { keep }),
            ...(days === undefined ? {} : { days }),
          };
          const plan = dryRun ? await templates.planCleanUp(retention) : await templates.cleanUp(retention);
          cli.output.answer({ dryRun, ...plan }, () =>
            [
              `${plan.removed.length} versions ${dryRun ? 'would go' : 'removed'}, with ${plan.contents.length} texts`,
              ...plan.removed.map(
                ({ versionId, status, createdAt }) => `  ${versionId}  ${status}  ${createdAt}`,
              ),
              ...plan.kept.map(({ versionId, reason }) => `  stays: ${versionId} ${reason}`),
            ].join('\n'),
          );
        });
      }),
    );
};
