import { execFile, spawn } from 'node:child_process';
import { dirname } from 'node:path';

/** A repository's history is read in less, or not at all. Milliseconds. */
const timeLimit = 20_000;
/** Bytes of an answer that is taken. */
const longestAnswer = 128 * 1024 * 1024;

/** What the person's or the repository's configuration must not decide here: no program of theirs runs, nothing is fetched. */
const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'diff.external=',
  'log.showSignature=false',
  'log.follow=false',
  'log.diffMerges=separate',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

/** Where git looks for its configuration may be said from outside; which repository it works on may not. */
const keptVariables = /^GIT_(?:CEILING_DIRECTORIES|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM))$/;

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.toUpperCase().startsWith('GIT_') || keptVariables.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    NoDefaultCurrentDirectoryInExePath: '1',
  };
}

/**
 * Windows looks for a program in the working folder first, so that is never a folder of the workspace; git is told by `-C`
 * where to work.
 */
function options() {
  return { cwd: dirname(process.execPath), env: environment(), windowsHide: true };
}

function argumentsFor(folder: string, rest: readonly string[], literal = true): string[] {
  const paths = literal ? ['--literal-pathspecs'] : [];
  return ['--no-pager', ...paths, ...settings, '-C', folder, ...rest];
}

/**
 * What git prints. `literal: false` for the commands that refuse to take paths as they stand.
 * @throws Error when there is no git, it fails, takes too long or says too much
 */
export function askGit(
  folder: string,
  rest: readonly string[],
  { literal = true }: { readonly literal?: boolean } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: timeLimit, killSignal: 'SIGKILL', maxBuffer: longestAnswer } as const;
    execFile(
      'git',
      argumentsFor(folder, rest, literal),
      { ...options(), ...limits, encoding: 'buffer' },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
  });
}

/** A git that goes on to answer what it is asked on its standard input. */
export function startGit(folder: string, rest: readonly string[]) {
  return spawn('git', argumentsFor(folder, rest), { ...options(), stdio: ['pipe', 'pipe', 'ignore'] });
}
