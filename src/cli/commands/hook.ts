import type { Register } from '../cli';

export const registerHook: Register = (program, run) => {
  program
    .command('hook')
    .description('note a Claude Code hook’s payload from standard input; never fails the agent')
    .action(
      run(async () => {
        await import('../../hook/main');
      }),
    );
};
