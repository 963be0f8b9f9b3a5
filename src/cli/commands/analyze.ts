import { analyzeRows } from '../../core/analysis/analyzeCorrections';
import type { Analysis } from '../../core/analysis/analyzeTable';
import { defaultConfiguration } from '../../core/model/configuration';
import type { Pattern } from '../../core/model/pattern';
import { openCorrectionsFile } from '../../node/correctionsFile';
import { writeJsonLines } from '../../node/jsonLinesFile';
import { nodeHash } from '../../node/systemPorts';
import { openWordKnowledge } from '../../node/wordKnowledge';
import type { Cli, Register } from '../cli';
import { absolute, positiveNumber } from '../input';
import { percent } from '../text';

interface Options {
  readonly corrections?: string;
  readonly assignments?: string;
  readonly agent?: string;
  readonly days?: number;
}

function patternText({
  patternId,
  title,
  agentType,
  support,
  confidence,
  severity,
  coverage,
}: Pattern): string {
  const { corrections, sessions, days } = support;
  return `${patternId}  ${agentType}  ${percent(confidence)}  ${severity}  ${corrections} in ${sessions} sessions on ${days} days  ${coverage.state}  ${title}`;
}

/** The file is all there is: no workspace, no prompt, the default configuration. */
async function analyzeFile(cli: Cli, path: string, { agent, days }: Options): Promise<Analysis> {
  const wordVectors = await openWordKnowledge().load();
  const file = openCorrectionsFile(absolute(path), cli.options.now ?? new Date());
  try {
    const analysis = analyzeRows(
      file,
      {
        wordVectors,
        sessions: [],
        knownPatterns: [],
        knownClusters: [],
        prompts: new Map(),
        configuration: defaultConfiguration,
        ...(days === undefined ? {} : { days }),
        ...(agent === undefined ? {} : { agentTypes: [agent] }),
      },
      nodeHash,
      cli.signal,
    );
    return { ...analysis, skipped: [...file.skipped, ...analysis.skipped] };
  } finally {
    file.close();
  }
}

export const registerAnalyze: Register = (program, run) => {
  program
    .command('analyze')
    .description('find the patterns in the corrections')
    .option('--corrections <file>', 'JSON Lines of corrections to read instead; needs no workspace')
    .option('--assignments <file>', 'write the cluster and pattern of every correction as JSON Lines')
    .option('--agent <name>', 'of one agent')
    .option('--days <n>', 'of so many days, counted back from the newest correction', positiveNumber)
    .action(
      run(async (cli, options: Options) => {
        const { corrections, assignments, agent, days } = options;
        const analysis =
          corrections === undefined
            ? await cli.withWorkspace(({ analyzer }) =>
                analyzer.analyze({
                  ...(agent === undefined ? {} : { agentTypes: [agent] }),
                  ...(days === undefined ? {} : { days }),
                  signal: cli.signal,
                }),
              )
            : await analyzeFile(cli, corrections, options);
        cli.output.skipped(analysis.skipped);
        if (assignments !== undefined) {
          await writeJsonLines(absolute(assignments), analysis.assignments);
        }
        const { patterns, anomalies, clusters, skipped } = analysis;
        cli.output.answer({ corrections: analysis.corrections, patterns, anomalies, clusters, skipped }, () =>
          [
            `${analysis.corrections} corrections, ${clusters.length} clusters, ${patterns.length} patterns`,
            ...patterns.map(patternText),
          ].join('\n'),
        );
      }),
    );
};
