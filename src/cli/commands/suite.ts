import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { countedCorrections } from '../../core/capture/countedCorrections';
import { isPipelineError, PipelineError } from '../../core/errors';
import { defaultCap } from '../../core/improve/model/defaults';
import { Budget } from '../../core/languageModel/budget';
import { sameAgent } from '../../core/model/agentType';
import { draftSuite } from '../../core/scenarios/draftSuite';
import { promptfooProvider, toPromptfoo } from '../../core/scenarios/promptfooExport';
import { fromPromptfoo } from '../../core/scenarios/promptfooImport';
import { readSuite } from '../../core/scenarios/readSuite';
import type { SuiteScenario } from '../../core/scenarios/scenarioSuite';
import { rewordingRequest, variationsOf } from '../../core/scenarios/varySuite';
import { ReplayModel } from '../../core/validate/replay/askModel';
import type { Workspace } from '../../node/openWorkspace';
import { writeScenarios } from '../../node/scenarioFile';
import { nodeHash } from '../../node/systemPorts';
import type { Cli, Register } from '../cli';
import { absolute, collect, readNamedFile, wholeNumber } from '../input';
import { type ModelCommandOptions, modelOf, withModelOptions } from '../modelOptions';
import { readScenarioFile, scenarioPath } from '../replay';

interface ExportOptions {
  readonly scenarios?: string;
  readonly prompt?: readonly string[];
  readonly model?: string;
  readonly baseUrl?: string;
  readonly out?: string;
}

interface ImportOptions {
  readonly out?: string;
}

function left(names: readonly string[], what: string): string {
  return names.length === 0 ? '' : `\n${what}:\n${names.map((name) => `- ${name}`).join('\n')}`;
}

async function exportSuite(cli: Cli, options: ExportOptions): Promise<void> {
  const { scenarios: file, prompt = [], model, baseUrl, out = 'promptfooconfig.yaml' } = options;
  const scenarios = await readScenarioFile(cli, file);
  const prompts = await Promise.all(
    prompt.map(async (label) => ({ label, text: (await readNamedFile(label)).toString('utf8') })),
  );
  const made = toPromptfoo(scenarios, {
    prompts,
    provider: promptfooProvider(model),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  const path = absolute(out);
  await writeFile(path, made.yaml);
  cli.output.answer(
    { path, scenarios: scenarios.length, left: made.left },
    () =>
      `${scenarios.length} scenarios written to ${path}.${left(made.left, 'Left out, since promptfoo has nothing for them')}`,
  );
}

/** What stands in the file already is kept; a scenario whose id is there is not written a second time. */
async function present(path: string): Promise<readonly SuiteScenario[]> {
  try {
    return readSuite((await readNamedFile(path)).toString('utf8'), path);
  } catch (error) {
    if (error instanceof PipelineError && error.code === 'NOT_FOUND') return [];
    throw error;
  }
}

async function importSuite(cli: Cli, file: string, { out }: ImportOptions): Promise<void> {
  const found = fromPromptfoo((await readNamedFile(file)).toString('utf8'), file);
  if (out === undefined && !(await cli.hasWorkspace())) {
    throw new PipelineError('INVALID_INPUT', 'There is no workspace to keep the scenarios in.', {
      subject: '--out',
      remedy: 'Name a file with --out, or run init in the project.',
    });
  }
  const path = out === undefined ? join(await cli.root(), '.claude-pm', 'scenarios.yaml') : absolute(out);
  const known = await present(path);
  const ids = new Set(known.map(({ id }) => id));
  const added = found.scenarios.filter(({ id }) => !ids.has(id));
  // Parsed and written anew: comments of a file that had some would be lost, so one with scenarios is only added to.
  const text = stringify(added, { lineWidth: 0 });
  await inWorkspace(cli, async (place) => {
    if (known.length === 0) await writeScenarios(place, path, text);
    else if (added.length > 0) await appendTo(place, path, text);
  });
  cli.output.answer(
    { path, scenarios: added.length, known: found.scenarios.length - added.length, left: found.left },
    () =>
      `${added.length} scenarios added to ${path}, ${found.scenarios.length - added.length} were there.${left(found.left, 'Left out, since nothing here says the same')}`,
  );
}

type Place = Pick<Workspace, 'root' | 'ports'> | undefined;

/** With the workspace, where there is one: its roles and its log. */
function inWorkspace<T>(cli: Cli, work: (place: Place) => Promise<T>): Promise<T> {
  return cli.hasWorkspace().then((has) => (has ? cli.withWorkspace(work) : work(undefined)));
}

async function appendTo(place: Place, path: string, text: string): Promise<void> {
  const before = (await readNamedFile(path)).toString('utf8');
  const joined = `${before.replace(/\s*$/, '\n')}${text}`;
  // A list that is not the plain form cannot be added to by lines.
  const whole =
    /^\s*-\s/m.test(before) && !/^scenarios:/m.test(before) && !before.trimStart().startsWith('[');
  if (!whole) {
    throw new PipelineError('ILLEGAL_STATE', `${path} is not a plain list in YAML.`, {
      subject: path,
      remedy: 'Write the scenarios to another file with --out; nothing was changed.',
    });
  }
  readSuite(joined, path);
  await writeScenarios(place, absolute(path), joined);
}

interface DraftOptions {
  readonly agent?: string;
  readonly out?: string;
}

/** It quotes people, so it goes where git does not look unless it is told to. */
const draftPlace = ['.claude-pm', 'training', 'scenarios.yaml'];

async function draft(cli: Cli, { agent, out }: DraftOptions): Promise<void> {
  await cli.withWorkspace(async ({ root, ports }) => {
    await ports.access?.require('scenarios.change');
    const { records } = await countedCorrections(ports.store);
    const { scenarios, left: without } = draftSuite(
      records.filter(({ agentType }) => agent === undefined || sameAgent(agentType, agent)),
    );
    const path = out === undefined ? join(root, ...draftPlace) : absolute(out);
    if (scenarios.length > 0) {
      // A draft that was looked through is not written over.
      const text = stringify(scenarios, { lineWidth: 0 });
      await writeScenarios({ root, ports }, path, text, { isNew: true }).catch((cause: unknown) => {
        if (isPipelineError(cause)) throw cause;
        throw new PipelineError('ILLEGAL_STATE', `${path} cannot be written, or is there already.`, {
          subject: path,
          remedy: 'Name another file with --out; nothing was changed.',
          cause,
        });
      });
    }
    cli.output.answer({ path, scenarios: scenarios.length, left: without }, () =>
      scenarios.length === 0
        ? `No scenario was drafted: of ${without} held-out corrections none tells its task.`
        : `${scenarios.length} scenarios drafted in ${path}, ${without} corrections left out. Look through them before you rely on them.`,
    );
  });
}

interface VaryOptions extends ModelCommandOptions {
  readonly scenarios?: string;
  readonly count: number;
}

/** Adds rewordings to the file that the scenarios are from; those that have some already are passed over. */
async function vary(cli: Cli, options: VaryOptions): Promise<void> {
  const { scenarios: file, count } = options;
  const path = await scenarioPath(cli, file);
  const known = await readScenarioFile(cli, path);
  const model = await modelOf(options);
  if (model === undefined || model.id.startsWith('agent:')) {
    throw new PipelineError('INVALID_CONFIGURATION', 'Rewording takes a model.', {
      subject: '--model',
      remedy: 'Name one, as in --model ollama:NAME; nothing was changed.',
    });
  }
  // Before a model is paid for what may then not be written.
  await inWorkspace(cli, async (place) => place?.ports.access?.require('scenarios.change'));
  const varied = new Set(known.flatMap(({ variationOf }) => variationOf ?? []));
  const open = known.filter((each) => each.variationOf === undefined && !varied.has(each.id));
  const { maxCost, maxTokens } = options;
  const asked = new ReplayModel(model, {
    hash: nodeHash,
    budget: new Budget(
      { maxCost: maxCost ?? defaultCap.maxCost, maxTokens: maxTokens ?? defaultCap.maxTokens },
      model.prices,
    ),
    milliseconds: () => performance.now(),
  });
  const added: SuiteScenario[] = [];
  for (const scenario of open) {
    const request = rewordingRequest(scenario, count, cli.options.seed ?? 1);
    const { text } = await asked.ask(request, cli.signal);
    if (text !== undefined) added.push(...variationsOf(scenario, text, count));
  }
  if (added.length > 0) {
    const text = stringify(added, { lineWidth: 0 });
    await inWorkspace(cli, (place) => appendTo(place, path, text));
  }
  cli.output.answer(
    { path, scenarios: added.length, varied: open.length },
    () =>
      `${added.length} rewordings of ${open.length} scenarios added to ${path}. Each counts as one with its original.`,
  );
}

export const registerSuite: Register = (program, run) => {
  const suite = program
    .command('suite')
    .description('scenarios: drafted from corrections, to and from promptfoo’s format');
  suite
    .command('export')
    .description('write a configuration that promptfoo eval runs as it is')
    .option('--scenarios <file>', 'YAML or JSON (default: .claude-pm/scenarios.yaml)')
    .option('--prompt <file>', 'prompt under test; may stand several times', collect)
    .option('--model <provider:name>', 'who answers (default: promptfoo’s echo, which needs no key)')
    .option('--base-url <url>', 'address of the model')
    .option('--out <file>', 'default: promptfooconfig.yaml')
    .action(run(exportSuite));
  suite
    .command('draft')
    .description('draft scenarios from held-out corrections, judged by what the person had to say')
    .option('--agent <name>', 'only corrections of this agent')
    .option('--out <file>', `default: ${draftPlace.join('/')}, which git does not see`)
    .action(run(draft));
  const varying = suite
    .command('vary')
    .description('add scenarios that ask the same in other words, by a model')
    .option('--scenarios <file>', 'YAML (default: .claude-pm/scenarios.yaml)')
    .option('--count <n>', 'rewordings of each', wholeNumber, 2);
  withModelOptions(varying, { model: 'who rewords', cap: defaultCap }).action(run(vary));
  suite
    .command('import')
    .argument('<file>', 'promptfoo configuration')
    .description('add its tests to the scenarios')
    .option('--out <file>', 'default: .claude-pm/scenarios.yaml')
    .action(run(importSuite));
};
