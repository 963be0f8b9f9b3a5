// `npm start`: the sample project in VS Code with the extension; `npm start -- --headless`: the same job in the terminal.
import { build, packageExtension } from './build.ts';
import { runMainJob } from './mainJob/headless.ts';
import { repository } from './paths.ts';
import { runProgram } from './processes.ts';
import { copySample } from './sampleCopy.ts';
import { announce, runToEnd, StepFailed } from './steps.ts';
import { startVscodeServer } from './vscodeServer.ts';
import { folderAddress } from './workbench/folderAddress.ts';

async function start(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--headless');
  if (unknown.length > 0) {
    throw new StepFailed(
      `Unknown option ${unknown.join(', ')}.`,
      'Use npm start, or npm start -- --headless.',
    );
  }
  await build();
  if (args.includes('--headless')) await runMainJob();
  else if (!(await openOnDesktop())) await serve();
  return 0;
}

/** Opens desktop VS Code where `code` is on the PATH. */
async function openOnDesktop(): Promise<boolean> {
  const code = process.platform === 'win32' ? 'code.cmd' : 'code';
  const found = await runProgram(code, ['--version'], { cwd: repository }).catch(() => undefined);
  if (found?.status !== 0) return false;
  const folder = await copySample();
  const args = [`--extensionDevelopmentPath=${repository}`, '--new-window', folder];
  const { status, stderr } = await runProgram(code, args, { cwd: repository });
  if (status !== 0) throw new StepFailed(`VS Code did not open: ${stderr}`, `Open ${folder} by hand.`);
  announce(`Opened ${folder} in VS Code. Press F1 and run "Claude PM: Run Improvement".`);
  return true;
}

/** Serves VS Code with the packaged extension until the person stops it. */
async function serve(): Promise<void> {
  const vsix = await packageExtension();
  const folder = await copySample();
  announce('Starting VS Code in the browser (no "code" on the PATH)');
  const server = await startVscodeServer({ vsix, name: 'start' });
  console.log(
    [
      '',
      `Open ${folderAddress(server, folder)}`,
      'Press F1 and run "Claude PM: Initialize", then "Claude PM: Run Improvement". Ctrl+C ends it.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await server.stop();
}

await runToEnd(() => start(process.argv.slice(2)));
