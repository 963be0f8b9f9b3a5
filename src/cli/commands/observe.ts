import { observationalLabel, observationCaveats, observationLines } from '../../core/observe/observationText';
import type { Register } from '../cli';

interface Options {
  readonly agent?: string;
}

export const registerObserve: Register = (program, run) => {
  program
    .command('observe')
    .description('corrections per session before and after each deployment, and an alert where they rose')
    .option('--agent <name>', 'only the prompts of this agent')
    .action(
      run(async (cli, { agent }: Options) => {
        await cli.withWorkspace(async ({ observer }) => {
          const { observations, alerts, skipped } = await observer.observe({
            ...(agent === undefined ? {} : { agentTypes: [agent] }),
            ...(cli.signal === undefined ? {} : { signal: cli.signal }),
          });
          cli.output.skipped(skipped);
          cli.output.answer(
            { label: observationalLabel, observations, alerts, caveats: observationCaveats, skipped },
            () =>
              observations.length === 0
                ? 'Nothing was deployed yet, so there is nothing to observe.'
                : [
                    observationalLabel,
                    ...observations.flatMap((each) => ['', ...observationLines(each)]),
                    ...alerts.flatMap(({ severity, message, remedy }) => [
                      '',
                      `${severity}: ${message} ${remedy}`,
                    ]),
                    '',
                    ...observationCaveats,
                  ].join('\n'),
          );
        });
      }),
    );
};
