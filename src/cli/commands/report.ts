import { loadReport } from '../../core/report/buildReport';
import { reportPage } from '../../core/report/reportPage';
import { writeReportFile } from '../../node/reportFile';
import type { Register } from '../cli';
import { absolute } from '../input';

interface Options {
  readonly out?: string;
}

export const registerReport: Register = (program, run) => {
  program
    .command('report')
    .description('the pattern and A/B reports as one self-contained page')
    .option('--out <file>', 'where to write the page', 'claude-pm-report.html')
    .action(
      run(async (cli, { out }: Options) => {
        await cli.withWorkspace(async ({ ports }) => {
          const path = absolute(out ?? 'claude-pm-report.html');
          await writeReportFile(path, reportPage(await loadReport(ports.store, ports.clock)));
          cli.output.answer({ path }, () => path);
        });
      }),
    );
};
