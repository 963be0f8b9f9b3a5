import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { PipelineError } from '../core/errors';
import { Cli, type GlobalOptions, type Runner } from './cli';
import { commands } from './commands/registry';
import { time, wholeNumber } from './input';
import { exitStatus, Output, reportFailure } from './output';

const abort = new AbortController();
process.once('SIGINT', () =>
  abort.abort(
    new PipelineError('CANCELLED', 'Interrupted.', {
      subject: 'claude-pm-prompts',
      remedy: 'What was finished before is kept; run it again to go on.',
    }),
  ),
);
// A reader that goes away early (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exitStatus.done);
  throw error;
});

const program = new Command()
  .name('claude-pm-prompts')
  .description('Makes agents’ prompts better from the corrections that people already make.')
  .version(version)
  .option('--workspace <dir>', 'project to work on (default: the nearest parent that holds .claude-pm/)')
  .option('--json', 'one JSON document on standard output')
  .option('--now <iso>', 'run as if it were this time', time)
  .option('--seed <n>', 'seed of everything random', wholeNumber)
  .option('--quiet', 'no progress on standard error')
  .enablePositionalOptions()
  .exitOverride();

/** As it stands in the registry: never what the person gave it. */
let commandName = '';
program.hook('preAction', (_program, action) => {
  commandName = action.name();
});

const run: Runner =
  (work) =>
  async (...args) => {
    const cli = new Cli(program.opts<GlobalOptions>(), abort.signal, commandName);
    try {
      await work(cli, ...args);
    } catch (error) {
      if (error instanceof CommanderError) throw error;
      process.exitCode = reportFailure(error, cli.output);
    }
  };

for (const register of commands) register(program, run);
// Options that stand everywhere may come before or after the command's name.
for (const command of program.commands) inheritGlobalOptions(command);

function inheritGlobalOptions(command: Command): void {
  command.exitOverride();
  for (const option of program.options) {
    if (option.long === '--version' || command.options.some(({ long }) => long === option.long)) continue;
    command.addOption(option);
  }
  command.hook('preAction', (_program, action) => {
    for (const [key, value] of Object.entries(action.opts())) {
      if (program.options.some((option) => option.attributeName() === key))
        program.setOptionValue(key, value);
    }
  });
  for (const child of command.commands) inheritGlobalOptions(child);
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.usage;
    return;
  }
  process.exitCode = reportFailure(error, new Output(process.stdout, process.stderr, false, false));
});
