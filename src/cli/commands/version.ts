import { Option } from 'commander';
import { type VersionStatus, versionStatusSchema } from '../../core/model/template';
import type { Register } from '../cli';
import { collect } from '../input';
import { versionLines } from '../versionText';

interface Options {
  readonly status?: VersionStatus;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly note?: string;
}

export const registerVersion: Register = (program, run) => {
  program
    .command('version')
    .argument('<id>', 'template')
    .argument('<v>', 'version')
    .description('show a version, or change its state, tags and notes')
    .addOption(new Option('--status <state>', 'move it to this state').choices(versionStatusSchema.options))
    .option('--tag <word>', 'put a tag on it; "keep" keeps it from cleaning up', collect)
    .option('--untag <word>', 'take a tag off', collect)
    .option('--note <text>', 'add a note')
    .action(
      run(async (cli, id: string, number: string, options: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const changes = Object.values(options).some((value) => value !== undefined);
          const version = changes
            ? await templates.changeVersion(id, number, options)
            : (await templates.versionText(id, number)).version;
          cli.output.answer({ version }, () => versionLines(version).join('\n'));
        });
      }),
    );
};
