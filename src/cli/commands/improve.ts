import type { Improvement } from '../../core/model/improvement';
import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { collect } from '../input';

interface Options {
  readonly agent?: string;
  readonly pattern?: readonly string[];
}

export const registerImprove: Register = (program, run) => {
  program
    .command('improve')
    .description('analyze, then propose improvements')
    .option('--agent <name>', 'for one agent')
    .option('--pattern <id>', 'for this pattern only; may stand several times', collect)
    .action(
      run(async (cli, { agent, pattern }: Options) => {
        await cli.withWorkspace(async ({ templates, analyzer, improver }) => {
          const agents = agent === undefined ? {} : { agentTypes: [agent] };
          cli.output.skipped((await templates.adopt()).skipped);
          const analysis = await analyzer.analyze({ ...agents, signal: cli.signal });
          cli.output.skipped(analysis.skipped);
          const improvements: readonly Improvement[] = await improver.improve({
            ...agents,
            ...(pattern ? { patternIds: pattern } : {}),
            signal: cli.signal,
          });
          cli.output.answer({ improvements }, () =>
            improvements.length === 0
              ? 'Nothing to propose.'
              : improvements.map(improvementText).join('\n\n'),
          );
        });
      }),
    );
};
