import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { repository, resultsFolder } from '../paths.ts';
import { provisionBrowser } from '../provision/browser.ts';
import { startVscodeServer } from '../vscodeServer.ts';
import { openWorkbench } from '../workbench/openWorkbench.ts';

export interface HostRun {
  /** Name of its logs in the results folder. */
  readonly name: string;
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Built module, relative to the repository, whose `run()` is the test. */
  readonly tests: string;
  /** Print what the tests say as they say it. */
  readonly show?: boolean;
}

export interface HostRunEnd {
  readonly lines: readonly string[];
  /** Status that the tests gave; `undefined` when they did not end in time. */
  readonly exitCode: number | undefined;
}

/** An extension that brings a model, for the tests alone. */
export const modelProvider = path.join('test', 'host', 'modelProvider');

const timeLimitMilliseconds = 600_000;

/** What VS Code itself logs while it starts without its native modules and without a network; the log file has it all. */
const vscodeNoise =
  /code-server|\/static\/out\/vs\/|^\[[\w -]+[\]:]|connection token|Creating a socket|native-watchdog|Updating additional builtin|workbench contribution/;

/** Runs a test module in the extension host of a served VS Code, which loads the extension from this repository. */
export async function runInExtensionHost(run: HostRun): Promise<HostRunEnd> {
  const browser = await provisionBrowser();
  const server = await startVscodeServer({
    name: run.name,
    development: true,
    ownHome: true,
    // Of several folders named in the page's address only the last would count.
    unpacked: [path.join(repository, modelProvider)],
  });
  const authority = server.address.replace('http://', 'vscode-remote://');
  const console = followConsole(run);
  try {
    const workbench = await openWorkbench(server, browser, {
      folder: run.folder,
      name: run.name,
      payload: [
        ['extensionDevelopmentPath', `${authority}${repository}`],
        ['extensionTestsPath', `${authority}${path.join(repository, run.tests)}`],
        ['skipWelcome', 'true'],
      ],
      // VS Code hands the tests' console and their end to these two, where it runs under automation.
      prepare: async (page) => {
        await page.exposeFunction('codeAutomationLog', console.log);
        await page.exposeFunction('codeAutomationExit', console.exit);
      },
    });
    const exitCode = await console.ended;
    await workbench.close();
    return { lines: console.lines, exitCode };
  } finally {
    await server.stop();
  }
}

/** Collects what the tests say until they end or the time is up. */
function followConsole({ name, show }: HostRun) {
  mkdirSync(resultsFolder, { recursive: true });
  const logFile = path.join(resultsFolder, `${name}.log`);
  rmSync(logFile, { force: true });
  const lines: string[] = [];
  let end: (code: number | undefined) => void = () => undefined;
  const ended = new Promise<number | undefined>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(() => end(undefined), timeLimitMilliseconds);
  return {
    lines,
    ended,
    log: (_type: string, args: readonly unknown[]) => {
      const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
      appendFileSync(logFile, `${text}\n`);
      lines.push(...text.split('\n'));
      if (show && !vscodeNoise.test(text)) process.stdout.write(`${text}\n`);
    },
    exit: (code: number) => {
      clearTimeout(timer);
      end(code);
    },
  };
}
