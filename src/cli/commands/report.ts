import { formatOf, reportPieces } from '../../core/report/exportReport';
import { loadReport } from '../../core/report/loadReport';
import { writeReportFile } from '../../node/reportFile';
import type { Register } from '../cli';
import { absolute } from '../input';

interface Options {
  readonly out?: string;
  readonly monitoring?: boolean;
}

export const registerReport: Register = (program, run) => {
  program
    .command('report')
    .description('the pattern and A/B reports as one self-contained page, or their data as CSV or JSON')
    .option(
      '--out <file>',
      'where to write it; .csv and .json give data, all else a page',
      'claude-pm-report.html',
    )
    .option('--monitoring', 'as CSV: the figures of the monitoring instead of the patterns')
    .action(
      run(async (cli, { out, monitoring }: Options) => {
        await cli.withWorkspace(async ({ ports, access, canaryWatch }) => {
          const path = absolute(out ?? 'claude-pm-report.html');
          const watch = (await access.may('patterns.analyze')) ? canaryWatch : undefined;
          const model = await loadReport(ports, watch);
          const part = monitoring ? 'monitoring' : undefined;
          await writeReportFile(path, reportPieces(model, formatOf(path), part));
          cli.output.answer({ path }, () => path);
        });
      }),
    );
};
