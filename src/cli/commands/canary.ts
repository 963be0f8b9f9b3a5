import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { CanaryOptions, CanaryPlan } from '../../core/canary/canaryPlan';
import { planLines } from '../../core/canary/canaryPlanText';
import { experimentLines, ruleLines } from '../../core/canary/canaryText';
import { defaultStages } from '../../core/canary/defaults';
import { resolveExperiment } from '../../core/canary/experimentRecords';
import { PipelineError } from '../../core/errors';
import type { ExperimentStage } from '../../core/model/experiment';
import { writeLauncher } from '../../node/hookLauncher';
import type { Workspace } from '../../node/openWorkspace';
import type { Cli, Register } from '../cli';
import { list, positiveNumber, wholeNumber } from '../input';

interface StartOptions {
  readonly candidate?: string;
  readonly stages?: readonly ExperimentStage[];
  readonly goal?: 'superiority' | 'non-inferiority';
  readonly maxSessions?: number;
  readonly maxDays?: number;
  readonly margin?: number;
  readonly patterns?: readonly string[];
  readonly settle?: number;
  readonly team?: boolean;
  readonly promote?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `10,50,100`: shares in percent; `10x20`: 20 sessions with the candidate until the next. */
function stages(value: string): readonly ExperimentStage[] {
  return value.split(',').map((part) => {
    const found = /^(\d+(?:\.\d+)?)%?(?:x(\d+))?$/.exec(part.trim());
    const share = Number(found?.[1]) / 100;
    if (!found || !(share > 0 && share <= 1)) {
      throw new InvalidArgumentError(
        'Give shares in percent as 10x20,50,100; x20: after 20 sessions to the next.',
      );
    }
    return { share, sessions: Number(found[2] ?? 0) };
  });
}

function goal(value: string): 'superiority' | 'non-inferiority' {
  if (value === 'superiority' || value === 'non-inferiority') return value;
  throw new InvalidArgumentError('It is superiority or non-inferiority.');
}

function optionsOf(given: StartOptions): CanaryOptions {
  const { candidate, patterns, team, promote, dryRun, maxSessions, maxDays, margin, settle } = given;
  return {
    ...(candidate === undefined ? {} : { candidate }),
    ...(patterns === undefined ? {} : { patternIds: patterns }),
    ...(given.stages === undefined ? {} : { stages: given.stages }),
    scope: team ? 'team' : 'person',
    dryRun: dryRun ?? false,
    promotesItself: promote ?? false,
    rule: {
      ...(given.goal === undefined ? {} : { goal: given.goal }),
      ...(maxSessions === undefined ? {} : { mostSessions: maxSessions }),
      ...(maxDays === undefined ? {} : { mostDays: maxDays }),
      ...(margin === undefined ? {} : { shareMargin: margin }),
      ...(settle === undefined ? {} : { settleMinutes: settle }),
    },
  };
}

/** The plan as an answer: bytes as text, so that a reader sees what is written. */
function planAnswer({ experiment, files, notes }: CanaryPlan) {
  const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('utf8'));
  return {
    experiment,
    files: files.map(({ path, before, after }) => ({ path, before: text(before), after: text(after) })),
    notes,
    rule: ruleLines(experiment),
  };
}

async function start(cli: Cli, templateId: string, given: StartOptions): Promise<void> {
  await cli.withWorkspace(async ({ canary }) => {
    const plan = await canary.plan(templateId, optionsOf(given));
    if (!given.yes) {
      cli.output.answer({ ...planAnswer(plan), started: false }, () =>
        [...planLines(plan), '', 'Nothing was written. Start it with --yes.'].join('\n'),
      );
      return;
    }
    await writeLauncher(homedir(), { script: hookScript(), runtime: process.execPath });
    const experiment = await canary.start(plan);
    cli.output.answer({ ...planAnswer(plan), experiment, started: true }, () =>
      [`${experiment.experimentId} is running.`, ...plan.notes, ...ruleLines(experiment)].join('\n'),
    );
  });
}

/** The hook's bundle, which lies beside the command line's. @throws PipelineError NOT_FOUND */
function hookScript(): string {
  const [, program = ''] = process.argv;
  try {
    return realpathSync(join(dirname(realpathSync(program)), 'hook.js'));
  } catch (cause) {
    throw new PipelineError('NOT_FOUND', 'The hook that assigns sessions is missing.', {
      subject: 'hook.js',
      remedy: 'Install claude-pm-prompts again; nothing was written.',
      cause,
    });
  }
}

async function status(cli: Cli, id: string | undefined): Promise<void> {
  await cli.withWorkspace(async (workspace) => {
    const experimentId = id === undefined ? undefined : await idOf(workspace, id);
    const { statuses, skipped } = await workspace.canaryWatch.look({
      signal: cli.signal,
      ...(experimentId === undefined ? {} : { experimentId }),
    });
    cli.output.skipped(skipped);
    const [first] = statuses;
    cli.output.answer(
      { experiment: first?.experiment ?? null, ...(first ?? {}), experiments: statuses, skipped },
      () =>
        statuses.length === 0
          ? 'No experiment yet.'
          : statuses
              .flatMap((each) => [...experimentLines(each), ''])
              .join('\n')
              .trimEnd(),
    );
  });
}

async function check(cli: Cli, id: string | undefined): Promise<void> {
  await cli.withWorkspace(async (workspace) => {
    const experimentId = id === undefined ? undefined : await idOf(workspace, id);
    const checked = await workspace.canaryWatch.check({
      signal: cli.signal,
      ...(experimentId === undefined ? {} : { experimentId }),
    });
    cli.output.answer({ experiment: checked[0]?.experiment ?? null, checked }, () =>
      checked.length === 0
        ? 'No experiment is running.'
        : checked
            .map(({ experiment, done, decision, notes }) =>
              [`${experiment.experimentId}: ${done}. ${decision?.reason ?? ''}`, ...notes].join('\n  '),
            )
            .join('\n'),
    );
  });
}

async function idOf({ canary }: Workspace, id: string): Promise<string> {
  return resolveExperiment((await canary.list()).records, id).experimentId;
}

async function finish(cli: Cli, id: string, reason: string, how: 'promote' | 'abort'): Promise<void> {
  await cli.withWorkspace(async (workspace) => {
    const experimentId = await idOf(workspace, id);
    const { experiment, notes } =
      how === 'promote'
        ? await workspace.canary.promote(experimentId, { reason })
        : await workspace.canary.end(experimentId, { cause: 'request', reason });
    cli.output.answer({ experiment, notes }, () =>
      [`${experiment.experimentId}: ${experiment.status}.`, ...notes].join('\n'),
    );
  });
}

const shown = defaultStages
  .map(({ share, sessions }) => `${share * 100}${sessions > 0 ? `x${sessions}` : ''}`)
  .join(',');

export const registerCanary: Register = (program, run) => {
  const canary = program
    .command('canary')
    .description(
      'try a version on a random share of real sessions, and let what people correct there decide',
    );
  canary
    .command('start')
    .argument('<id>', 'template of an agent (.claude/agents/*.md) or of CLAUDE.md')
    .description(
      'show what would be written; with --yes, write it and assign the sessions that begin from now on',
    )
    .option('--candidate <version>', 'version to try (default: the newest accepted one that waits)')
    .option(
      '--stages <list>',
      `shares in percent, xN: for N sessions with the candidate (default: ${shown})`,
      stages,
    )
    .option('--goal <goal>', 'superiority, or non-inferiority for a removed rule', goal)
    .option('--patterns <ids>', 'patterns that it is to cure, as P,Q (default: those of its edits)', list)
    .option(
      '--margin <share>',
      'by how much a share of sessions may get worse, 0 to 1 (default: 0.1)',
      positiveNumber,
    )
    .option('--max-sessions <n>', 'sessions after which it ends without a decision', wholeNumber)
    .option('--max-days <n>', 'days after which it ends without a decision', positiveNumber)
    .option(
      '--settle <minutes>',
      'a session counts when nothing was added to it for so long (default: 30)',
      wholeNumber,
    )
    .option('--team', 'write the hook into the settings that git sees')
    .option('--promote', 'let it promote itself when its rule says so')
    .option('--dry-run', 'only note assignments: every session gets the original')
    .option('--yes', 'write what is shown')
    .action(run(start));
  canary
    .command('status')
    .argument('[id]', 'experiment, or its template')
    .description('how experiments stand: rates, evidence and what their rule says; changes nothing')
    .action(run(status));
  canary
    .command('check')
    .argument('[id]', 'experiment, or its template')
    .description('do what the rule says: next stage, promotion, rollback on harm; import new sessions first')
    .action(run(check));
  canary
    .command('promote')
    .argument('<id>', 'experiment, or its template')
    .description('deploy the candidate for all and take the experiment down')
    .requiredOption('--reason <text>', 'why; it stands in the history')
    .action(run((cli, id: string, { reason }: { reason: string }) => finish(cli, id, reason, 'promote')));
  canary
    .command('abort')
    .argument('<id>', 'experiment, or its template')
    .description('take the experiment back: all files hold the bytes that they held')
    .requiredOption('--reason <text>', 'why; it stands in the history')
    .action(run((cli, id: string, { reason }: { reason: string }) => finish(cli, id, reason, 'abort')));
};
