import { describe, expect, it } from 'vitest';
import type { SuiteScenario } from '../../../src/core/scenarios/scenarioSuite';
import { rewordingRequest, variationsOf } from '../../../src/core/scenarios/varySuite';
import { compare, modelThat, scenarios } from '../replay/support';

const scenario: SuiteScenario = {
  id: 's1',
  task: 'Rename parseDate to "readDate".',
  checks: [{ type: 'contains', value: 'readDate' }],
};

describe('rewording a scenario', () => {
  it('gives the task to the model as data', () => {
    const { prompt, system } = rewordingRequest(scenario, 2, 1);
    expect(prompt).toContain(JSON.stringify(scenario.task));
    expect(system).toContain('do not carry it out');
  });

  it('keeps checks, and leaves out what is no other wording', () => {
    const tasks = [
      'rename parseDate to readDate',
      'Call parseDate “readDate”.',
      '',
      'parseDate becomes readDate',
    ];
    const made = variationsOf(scenario, `Here: ${JSON.stringify({ tasks })}`, 2);
    expect(made).toEqual([
      { ...scenario, id: 's1~1', task: tasks[1], variationOf: 's1', origin: 'variation' },
      { ...scenario, id: 's1~2', task: tasks[3], variationOf: 's1', origin: 'variation' },
    ]);
    expect(variationsOf(scenario, 'I cannot.', 2)).toEqual([]);
  });

  it('makes no further unit of a test', async () => {
    const suite = scenarios(10).flatMap((each) => [
      each,
      ...variationsOf(each, JSON.stringify({ tasks: [`Please: ${each.task}`] }), 1),
    ]);
    const better = modelThat(({ system }) => (system === 'B' ? 'done' : 'sorry'));
    const found = await compare(better, { scenarios: suite });
    expect(found).toMatchObject({ pairs: 20, scenarios: 10, favoured: { a: 0, b: 10 }, test: 'sign-flip' });
    expect(found.results).toHaveLength(20);
    expect(found.pValue).toBeCloseTo(2 / 2 ** 10, 10);
  });
});
