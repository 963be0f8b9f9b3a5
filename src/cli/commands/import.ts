import { Option } from 'commander';
import { legacyLines } from '../../core/legacy/legacyText';
import { type SourceName, sourceNames } from '../../core/model/common';
import type { Register } from '../cli';
import { absolute } from '../input';

interface Options {
  readonly source?: SourceName;
  readonly path?: string;
}

export const registerImport: Register = (program, run) => {
  program
    .command('import')
    .description('collect corrections from session transcripts; again only what is new')
    .addOption(new Option('--source <name>', 'one tool’s transcripts only').choices(sourceNames))
    .option('--path <path>', 'file or folder to read, instead of the tools’ own places')
    .action(
      run(async (cli, { source, path }: Options) => {
        await cli.withWorkspace(async ({ capture }) => {
          const summary = await capture.import({
            signal: cli.signal,
            onProgress: cli.output.progress,
            ...(source ? { source } : {}),
            ...(path === undefined ? {} : { path: absolute(path) }),
          });
          cli.output.answer(summary, () => {
            const { corrections, sessions, interactions, redactions } = summary;
            const signals = Object.entries(corrections.bySignal).map(
              ([signal, count]) => `  ${signal}: ${count}`,
            );
            const kinds = Object.entries(summary.redactionsByKind)
              .map(([kind, count]) => `${kind}: ${count}`)
              .join(', ');
            const unknown = Object.entries(summary.unknownTypes).map(([type, count]) => `${type} (${count})`);
            return [
              `${sessions} sessions, ${interactions} messages by people`,
              `${corrections.found} corrections, ${corrections.new} of them new`,
              ...signals,
              `${redactions} secrets redacted${kinds === '' ? '' : ` (${kinds})`}, ${summary.skipped.length} lines skipped`,
              ...legacyLines(summary.legacy),
              ...(unknown.length > 0 ? [`line types not understood: ${unknown.join(', ')}`] : []),
            ].join('\n');
          });
        });
      }),
    );
};
