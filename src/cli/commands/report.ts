import { formatOf, reportPieces } from '../../core/report/exportReport';
import { loadReport } from '../../core/report/loadReport';
import { writeReportFile } from '../../node/reportFile';
import type { Register } from '../cli';
import { absolute } from '../input';

interface Options {
  readonly out?: string;
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
    .action(
      run(async (cli, { out }: Options) => {
        await cli.withWorkspace(async ({ ports }) => {
          const path = absolute(out ?? 'claude-pm-report.html');
          const model = await loadReport(ports.store, ports.clock);
          await writeReportFile(path, reportPieces(model, formatOf(path)));
          cli.output.answer({ path }, () => path);
        });
      }),
    );
};
