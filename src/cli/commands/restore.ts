import { Option } from 'commander';
import { type OpeningOptions, openingKeys, openingOptions } from '../backupKeys';
import type { Cli, Register } from '../cli';
import { exitStatus } from '../output';
import { megabytes } from '../text';

interface Options extends OpeningOptions {
  readonly dryRun?: boolean;
  readonly test?: boolean;
  readonly files: 'prompts' | 'records' | 'all';
}

async function restore(cli: Cli, file: string, options: Options): Promise<void> {
  const keys = await openingKeys(options);
  const root = await cli.root();
  await cli.withRoot(root, async ({ backups }) => {
    if (options.test) {
      const tested = await backups.test(file, { keys, signal: cli.signal });
      cli.output.skipped(tested.problems);
      cli.output.answer(tested, () => {
        const { files, bytes, records, problems, createdAt } = tested;
        const found = problems.length === 0 ? 'all of them readable' : `${problems.length} problems`;
        return `Restore test of ${file}, made at ${createdAt}: ${files} files of ${megabytes(bytes)}, ${records} records, ${found}.`;
      });
      if (tested.problems.length > 0) process.exitCode = exitStatus.failed;
      return;
    }
    const { files: scope, dryRun } = options;
    const restored = await backups.restore(file, {
      keys,
      scope,
      signal: cli.signal,
      ...(dryRun ? { dryRun } : {}),
    });
    cli.output.answer({ ...restored, dryRun: dryRun ?? false }, () => {
      const { changes, kept, leftAlone, forgottenAgain, createdAt } = restored;
      const verb = dryRun ? 'would be' : 'were';
      return [
        ...changes.added.map((path) => `+ ${path}`),
        ...changes.changed.map((path) => `~ ${path}`),
        ...changes.removed.map((path) => `- ${path}`),
        `As of ${createdAt}: ${changes.added.length} files ${verb} added, ${changes.changed.length} changed, ${changes.removed.length} taken away, ${changes.unchanged} left as they are.`,
        ...(scope === 'records'
          ? ['Prompt files are as they were; --files prompts or all brings them too.']
          : []),
        ...leftAlone.map((path) => `${path} was changed by another program meanwhile and left as it is.`),
        ...(forgottenAgain > 0
          ? [`${forgottenAgain} corrections that were forgotten since were forgotten again.`]
          : []),
        ...(kept === null
          ? []
          : [`What was there before is kept in ${kept}; delete it once it is not needed.`]),
      ].join('\n');
    });
  });
}

export const registerRestore: Register = (program, run) => {
  openingOptions(
    program.command('restore').argument('<file>', 'archive, by its path or its name in the list'),
  )
    .description(
      'bring back what an encrypted backup holds, all of it or nothing; what was there is kept aside',
    )
    .option('--dry-run', 'check the archive and only tell what would change')
    .option('--test', 'the restore test: unpack it elsewhere, read every record, and change nothing')
    .addOption(
      new Option('--files <which>', 'what to bring back')
        .choices(['prompts', 'records', 'all'])
        .default('records'),
    )
    .action(run(restore));
};
