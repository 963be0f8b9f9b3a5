import type { Improvement } from '../../core/model/improvement';
import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { collect } from '../input';
import { askModel, type ModelCommandOptions, modelOf, withModelOptions } from '../modelOptions';

interface Options extends ModelCommandOptions {
  readonly agent?: string;
  readonly pattern?: readonly string[];
}

export const registerImprove: Register = (program, run) => {
  withModelOptions(
    program
      .command('improve')
      .description('analyze, then propose improvements')
      .option('--agent <name>', 'for one agent')
      .option('--pattern <id>', 'for this pattern only; may stand several times', collect),
  ).action(
    run(async (cli, options: Options) => {
      const { agent, pattern } = options;
      const model = await modelOf(options);
      await cli.withWorkspace(async (workspace) => {
        const { templates, analyzer, improver } = workspace;
        const agents = agent === undefined ? {} : { agentTypes: [agent] };
        cli.output.skipped((await templates.adopt()).skipped);
        const analysis = await analyzer.analyze({ ...agents, signal: cli.signal });
        cli.output.skipped(analysis.skipped);
        const scope = { ...agents, ...(pattern ? { patternIds: pattern } : {}), signal: cli.signal };
        const asked =
          model === undefined
            ? undefined
            : await askModel(cli, workspace, model, options, await improver.requests(scope));
        const improvements: readonly Improvement[] = await improver.improve({
          ...scope,
          ...(asked === undefined ? {} : { writers: [asked.writer] }),
        });
        const answer = asked === undefined ? { improvements } : { improvements, model: asked.work };
        cli.output.answer(answer, () =>
          improvements.length === 0 ? 'Nothing to propose.' : improvements.map(improvementText).join('\n\n'),
        );
      });
    }),
  );
};
