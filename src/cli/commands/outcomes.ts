import { noOutcomes, type OutcomeRow, sumOfCounts } from '../../core/improve/outcomes/countOutcomes';
import { outcomeFactor, trialsOf } from '../../core/improve/outcomes/outcomeWeights';
import { readOutcomes } from '../../core/improve/outcomes/readOutcomes';
import { strategies } from '../../core/model/common';
import { countsWords } from '../../core/report/outcomesLine';
import type { Register } from '../cli';

/** Of a strategy, over all agents and for each. */
function tableOf(rows: readonly OutcomeRow[]) {
  return strategies.map((strategy) => {
    const own = rows.filter((row) => row.strategy === strategy);
    const counts = own.reduce((total, row) => sumOfCounts(total, row.counts), noOutcomes);
    const agents = own.map((row) => ({
      agentType: row.agentType,
      counts: row.counts,
      trials: trialsOf(row.counts),
    }));
    return { strategy, counts, trials: trialsOf(counts), factor: outcomeFactor(trialsOf(counts)), agents };
  });
}

export const registerOutcomes: Register = (program, run) => {
  program
    .command('outcomes')
    .description(
      'what became of the edits of each strategy, and what that does to the confidence of later ones',
    )
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ ports }) => {
          const { rows, skipped } = await readOutcomes(ports.store);
          cli.output.skipped(skipped);
          const outcomes = tableOf(rows);
          cli.output.answer({ outcomes, skipped }, () =>
            [
              ...outcomes.flatMap(({ strategy, counts, factor, agents }) => [
                `${strategy.padEnd(12)} ×${factor.toFixed(2)}  ${countsWords(counts)}`,
                ...agents.map((each) => `    ${each.agentType}: ${countsWords(each.counts)}`),
              ]),
              '',
              'The factor is on the confidence of later edits, from 0.8 to 1.1; 1 without outcomes. An agent with 8 outcomes or more has its own.',
            ].join('\n'),
          );
        });
      }),
    );
};
