import { type OpeningOptions, openingKeys, openingOptions, passphraseIn } from '../backupKeys';
import type { Cli, Register } from '../cli';
import { absolute } from '../input';
import { megabytes } from '../text';

interface BackupOptions {
  readonly out?: string;
  readonly passphraseEnv?: string;
}

async function create(cli: Cli, { out, passphraseEnv }: BackupOptions): Promise<void> {
  const key =
    passphraseEnv === undefined
      ? {}
      : { key: { kind: 'passphrase', passphrase: passphraseIn(passphraseEnv) } as const };
  await cli.withWorkspace(async ({ backups }) => {
    const created = await backups.create({
      reason: 'asked for',
      signal: cli.signal,
      ...key,
      ...(out === undefined ? {} : { out: absolute(out) }),
    });
    cli.output.skipped(created.skipped);
    const { recipients } = created;
    const sealed = recipients.length === 0 ? 'with the passphrase' : `for ${recipients.join(', ')}`;
    cli.output.answer(created, () =>
      [
        `${created.path}: ${created.files} files, ${megabytes(created.bytes)}, encrypted ${sealed}`,
        ...created.removed.map((name) => `${name} was no longer to be kept and was removed`),
      ].join('\n'),
    );
  });
}

async function list(cli: Cli): Promise<void> {
  await cli.withWorkspace(async ({ backups }) => {
    const archives = (await backups.list()).map((archive) => ({
      ...archive,
      createdAt: archive.createdAt.toISOString(),
    }));
    cli.output.answer({ folder: backups.folder, archives }, () =>
      archives.length === 0
        ? `There is no archive in ${backups.folder}.`
        : archives
            .map(({ name, createdAt, bytes }) => `${createdAt}  ${megabytes(bytes)}  ${name}`)
            .join('\n'),
    );
  });
}

async function verify(cli: Cli, file: string, options: OpeningOptions): Promise<void> {
  const keys = await openingKeys(options);
  await cli.withWorkspace(async ({ backups }) => {
    const verified = await backups.verify(file, { keys, signal: cli.signal });
    cli.output.answer(verified, () => {
      const { path, createdAt, files, bytes } = verified;
      return `${path}, made at ${createdAt}: whole; ${files} files of ${megabytes(bytes)}, each with its hash.`;
    });
  });
}

export const registerBackup: Register = (program, run) => {
  const backup = program
    .command('backup')
    .description('an encrypted backup of all records and managed prompts, in the format of age')
    .option('--out <file>', 'archive to write, instead of one among the workspace’s own')
    .option('--passphrase-env <name>', 'variable of the environment that holds the passphrase')
    .action(run(create));
  backup.command('list').description('the archives, the newest first').action(run(list));
  openingOptions(backup.command('verify').argument('<file>', 'archive, by its path or its name in the list'))
    .description('decrypt an archive and check every file of it')
    .action(run(verify));
};
