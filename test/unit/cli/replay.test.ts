import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { temporaryFolder } from '../support/sampleWorkspace';

const cli = buildCli();

/** Answers by what its question begins with, and notes that it was asked. */
const program = `
import { appendFileSync } from 'node:fs';
let text = '';
for await (const chunk of process.stdin) text += chunk;
appendFileSync(process.argv[2], 'x');
process.stdout.write(text.startsWith('Be brief') ? 'done' : 'I would rather not say');
`;
const scenarios = Array.from(
  { length: 12 },
  (_, index) =>
    `- id: s${index}\n  task: Do thing ${index}.\n  checks:\n    - {type: contains, value: done}\n    - {type: command, value: "grep -q d"}\n`,
).join('');

let folder = '';
let model = '';
const asked = () => readFileSync(join(folder, 'asked'), 'utf8').length;

beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, '.claude-pm'));
  writeFileSync(join(folder, 'model.mjs'), program);
  writeFileSync(join(folder, 'asked'), '');
  writeFileSync(join(folder, 'CLAUDE.md'), '# Rules\n\n- Think.\n');
  writeFileSync(join(folder, 'a.md'), 'Think.\n');
  writeFileSync(join(folder, 'b.md'), 'Be brief.\n');
  writeFileSync(join(folder, 'scenarios.yaml'), scenarios);
  model = `command:${process.execPath} ${join(folder, 'model.mjs')} ${join(folder, 'asked')}`;
});

function answer(...args: string[]) {
  const { status, stdout, stderr } = cli(folder, [...args, '--json']);
  expect(stderr).not.toContain('error:');
  expect(status).toBe(0);
  return { ...JSON.parse(stdout), stderr };
}

describe('comparing by a model from the command line', () => {
  const compare = (...more: string[]) =>
    answer(
      'compare',
      '--a',
      'a.md',
      '--b',
      'b.md',
      '--scenarios',
      'scenarios.yaml',
      '--model',
      model,
      ...more,
    );

  it('says before it starts what it may use, and after what came out', () => {
    const found = compare();
    expect(found.stderr).toContain('Up to 24 questions');
    expect(found).toMatchObject({ winner: 'b', verdict: 'ship', tier: 'replay', pairs: 12, effect: 1 });
    expect(asked()).toBe(24);
  });

  it('asks nothing again, and gives the same bytes for the same seed', () => {
    compare('--seed', '7');
    const before = asked();
    // What was measured on the way, time and tokens, is only there the first time.
    const [one, two] = [compare('--seed', '7'), compare('--seed', '7')];
    expect(two).toEqual(one);
    expect(asked()).toBe(before);
    compare('--no-cache', '--seed', '7');
    expect(asked()).toBe(before + 24);
  });

  it('takes several candidates, adjusts for their number, and names the best', () => {
    writeFileSync(join(folder, 'c.md'), 'Think again.\n');
    const found = compare('--b', 'c.md', '--b', 'b.md');
    expect(found).toMatchObject({ winner: 'b', b: 'b.md', verdict: 'ship' });
    expect(found.candidates.map((each: { file: string }) => each.file).sort()).toEqual([
      'b.md',
      'b.md',
      'c.md',
    ]);
    const best = found.candidates.find((each: { file: string }) => each.file === 'b.md');
    expect(best.adjustedP).toBeCloseTo(3 * best.pValue, 10);
  });

  it('goes on after it was killed at any moment, without asking again what was answered', () => {
    const dead = join(folder, 'killed');
    mkdirSync(join(dead, '.claude-pm'), { recursive: true });
    for (const name of ['a.md', 'b.md', 'scenarios.yaml'])
      writeFileSync(join(dead, name), readFileSync(join(folder, name)));
    // The model kills who asks it, the command line, after so many questions.
    const killer = `${program}\nif (readFileSync(process.argv[2], 'utf8').length % 7 === 0) process.kill(process.ppid, 'SIGKILL');\n`;
    writeFileSync(
      join(dead, 'model.mjs'),
      killer.replace('{ appendFileSync }', '{ appendFileSync, readFileSync }'),
    );
    writeFileSync(join(dead, 'asked'), '');
    const args = [
      ...[
        'compare',
        '--a',
        'a.md',
        '--b',
        'b.md',
        '--scenarios',
        'scenarios.yaml',
        '--concurrency',
        '1',
        '--json',
      ],
      ...['--model', `command:${process.execPath} ${join(dead, 'model.mjs')} ${join(dead, 'asked')}`],
    ];
    let runs = 0;
    let last = cli(dead, args);
    for (; last.status !== 0 && runs < 20; runs++) last = cli(dead, args);
    expect(runs).toBeGreaterThan(1);
    expect(JSON.parse(last.stdout)).toMatchObject({ winner: 'b', pairs: 12 });
    // One question of each killed run was under way: only that one is asked once more.
    expect(readFileSync(join(dead, 'asked'), 'utf8').length).toBeLessThanOrEqual(24 + runs);
  });

  it.each([
    [['--scenarios', 'none.yaml'], 'NOT_FOUND'],
    [['--scenarios', 'a.md'], 'INVALID_INPUT: a.md:1'],
    [['--scenarios', 'scenarios.yaml', '--max-tokens', '10'], 'BUDGET_EXCEEDED'],
  ])('fails with a clear error for %j', (more, message) => {
    const { status, stderr } = cli(folder, [
      ...['compare', '--a', 'a.md', '--b', 'b.md', '--model', model, '--no-cache', '--quiet'],
      ...more,
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});

/** Scores by itself, answers out of order, says other things in between, and keeps silent about one scenario. */
const scorer = `
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const { id, prompt, scenario } = JSON.parse(line);
  appendFileSync(process.argv[2], 'x');
  if (scenario.id === 's3') continue;
  const score = prompt.startsWith('Be brief') ? 0.9 : 0.2;
  setTimeout(() => console.log(JSON.stringify({ id, score, note: 'measured' })), Math.random() * 20);
}
`;

describe('a program that scores', () => {
  const compare = (...more: string[]) =>
    answer(
      ...['compare', '--a', 'a.md', '--b', 'b.md', '--scenarios', 'scenarios.yaml', '--timeout', '2'],
      ...['--evaluator', `${process.execPath} ${join(folder, 'scorer.mjs')} ${join(folder, 'scored')}`],
      ...more,
    );

  it('decides, and what it does not answer in time counts against its prompt', () => {
    writeFileSync(join(folder, 'scorer.mjs'), scorer);
    writeFileSync(join(folder, 'scored'), '');
    const found = compare();
    expect(found).toMatchObject({ winner: 'b', pairs: 12, favoured: { a: 0, b: 11 } });
    expect(found.benchmark).toMatchObject({ a: { failures: 1 }, b: { failures: 1 } });
    // It ran none of the scenarios' checks, so that nothing is said of them.
    expect(found.byCheck).toEqual([]);
    expect(readFileSync(join(folder, 'scored'), 'utf8')).toHaveLength(24);
    compare();
    // Only what was not scored is asked for again.
    expect(readFileSync(join(folder, 'scored'), 'utf8')).toHaveLength(26);
  });

  it('that cannot be run is named', () => {
    const { status, stderr } = cli(folder, [
      ...['compare', '--a', 'a.md', '--b', 'b.md', '--scenarios', 'scenarios.yaml'],
      ...['--evaluator', join(folder, 'none')],
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('NOT_FOUND');
  });
});

describe('validating by a model', () => {
  it('compares a prompt with what is deployed, and keeps the report in the replay tier', () => {
    answer('init');
    const { verdict, tier, report } = answer(
      ...['validate', '--prompt', 'b.md', '--agent', 'main', '--model', model],
      ...['--scenarios', 'scenarios.yaml'],
    );
    expect({ verdict, tier }).toEqual({ verdict: 'ship', tier: 'replay' });
    const kept = readFileSync(
      join(folder, '.claude-pm/prompt_validation/reports', `${report.reportId}.json`),
      'utf8',
    );
    expect(JSON.parse(kept)).toMatchObject({ tier: 'replay', abTest: { pairs: 12 } });
  });
});

describe('scenarios for another tool', () => {
  it('go to promptfoo and come back', () => {
    const made = answer(
      'suite',
      'export',
      '--scenarios',
      'scenarios.yaml',
      '--prompt',
      'a.md',
      '--out',
      'p.yaml',
    );
    expect(made).toMatchObject({ scenarios: 12, path: join(folder, 'p.yaml') });
    expect(made.left).toHaveLength(12);
    const back = answer('suite', 'import', 'p.yaml');
    expect(back).toMatchObject({ scenarios: 12, path: join(folder, '.claude-pm/scenarios.yaml') });
    expect(answer('suite', 'import', 'p.yaml')).toMatchObject({ scenarios: 0, known: 12 });
  });

  it('are reworded by a model, once, in units with their originals', () => {
    const rewording = `
let text = '';
for await (const chunk of process.stdin) text += chunk;
process.stdout.write(JSON.stringify({ tasks: ['Kindly do ' + text.slice(-20), text] }));
`;
    writeFileSync(join(folder, 'reword.mjs'), rewording);
    writeFileSync(join(folder, 'vary.yaml'), scenarios);
    const args = [
      'suite',
      'vary',
      '--scenarios',
      'vary.yaml',
      '--model',
      `command:${process.execPath} ${join(folder, 'reword.mjs')}`,
    ];
    expect(answer(...args, '--count', '1')).toMatchObject({ scenarios: 12, varied: 12 });
    expect(answer(...args)).toMatchObject({ scenarios: 0, varied: 0 });
    const found = answer(
      'compare',
      '--a',
      'a.md',
      '--b',
      'b.md',
      '--scenarios',
      'vary.yaml',
      '--model',
      model,
    );
    expect(found).toMatchObject({ pairs: 24, scenarios: 12, winner: 'b' });
  });
});
