import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../paths.ts';
import { runNpm, runStep } from '../processes.ts';
import { announce, describeFailure, StepFailed } from '../steps.ts';
import { type BrowserChoice, chooseBrowser, type Machine } from './chooseBrowser.ts';

const sparticuzVersion = '153.0.0';

/** Executable of a Chromium that can be driven: the machine's own, else Debian's, else the one from npm. @throws StepFailed */
export async function provisionBrowser(): Promise<string> {
  const choice = choose();
  if (choice.kind === 'installed') return choice.executable;
  if (choice.kind === 'none') throw new StepFailed('No browser to drive VS Code with.', choice.remedy);

  for (const source of choice.from) {
    try {
      return source === 'apt' ? await fromDebian() : await fromNpm();
    } catch (error) {
      // The next source may do; what was wrong with this one is said in any case.
      console.error(describeFailure(error));
    }
  }
  throw new StepFailed('No browser could be fetched.', 'Install Chromium, Chrome or Edge, then try again.');
}

function choose(): BrowserChoice {
  const machine: Machine = {
    platform: process.platform,
    arch: process.arch,
    isRoot: process.getuid?.() === 0,
    env: process.env,
    has: existsSync,
  };
  return chooseBrowser(machine);
}

async function fromDebian(): Promise<string> {
  announce("Installing Debian's chromium (apt-get)");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { cwd: '/', env, remedy: 'Run apt-get update && apt-get install chromium by hand.' };
  await runStep('apt-get', ['update'], options);
  await runStep('apt-get', ['install', '-y', 'chromium'], options);
  const choice = choose();
  if (choice.kind !== 'installed') throw new StepFailed('apt-get installed no chromium.', options.remedy);
  return choice.executable;
}

/** A Chromium packed for servers that have no root and no package manager. */
async function fromNpm(): Promise<string> {
  const home = path.join(cacheFolder, 'chromium', sparticuzVersion);
  mkdirSync(home, { recursive: true });
  if (!existsSync(path.join(home, 'node_modules', '@sparticuz', 'chromium', 'package.json'))) {
    announce('Fetching chromium from the npm registry (once, about 66 MB)');
    writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true }));
    await runNpm(
      ['install', '--ignore-scripts', '--save-exact', `@sparticuz/chromium@${sparticuzVersion}`],
      home,
    );
  }
  const entry = createRequire(path.join(home, 'package.json')).resolve('@sparticuz/chromium');
  const module: { default: { executablePath(): Promise<string> } } = await import(pathToFileURL(entry).href);
  return module.default.executablePath();
}
