import { PipelineError } from '../../core/errors';
import type { Register } from '../cli';
import { versionLine } from '../versionText';

interface Options {
  readonly search?: string;
  readonly text?: boolean;
}

export const registerHistory: Register = (program, run) => {
  program
    .command('history')
    .argument('[id]', 'template; with --search, all of them where it is left out')
    .description('versions of a template, newest first, and what was deployed when')
    .option(
      '--search <words>',
      'only versions whose number, state, tags, notes, summary or author hold all words',
    )
    .option('--text', 'with --search: look into the texts too')
    .action(
      run(async (cli, id: string | undefined, { search, text = false }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          if (search !== undefined) {
            if (id !== undefined) await templates.get(id);
            const scope = id === undefined ? {} : { templateId: id };
            const found = await templates.searchVersions({ words: search, text, ...scope });
            cli.output.skipped(found.skipped);
            cli.output.answer({ versions: found.records, skipped: found.skipped }, () =>
              found.records
                .map(({ version, path }) => `${version.templateId}  ${path}  ${versionLine(version)}`)
                .join('\n'),
            );
            return;
          }
          if (id === undefined || text) {
            throw new PipelineError('INVALID_INPUT', 'Name a template, or what to search for.', {
              subject: 'history',
              remedy: 'history <id>, or history --search <words> for all templates.',
            });
          }
          const history = await templates.history(id);
          cli.output.skipped(history.skipped);
          cli.output.answer(history, () =>
            [
              ...history.versions.map(versionLine),
              ...history.events.map(
                ({ kind, fromVersion, toVersion, deployedAt, reason }) =>
                  `${deployedAt}  ${kind} ${fromVersion ?? 'none'} -> ${toVersion}  ${reason}`,
              ),
            ].join('\n'),
          );
        });
      }),
    );
};
