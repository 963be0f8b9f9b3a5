import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { resultsFolder, temporaryFolder } from './paths.ts';
import { runStep } from './processes.ts';
import { provisionCodeServer } from './provision/codeServer.ts';
import { startService } from './services.ts';

export interface ServerOptions {
  /** Packaged extension to install, as a stranger would. */
  readonly vsix?: string;
  /** Folders of unpacked extensions that are installed too. */
  readonly unpacked?: readonly string[];
  /** Ask for trust, so that an unknown folder opens in Restricted Mode. */
  readonly workspaceTrust?: boolean;
  /** Let the page's address load an extension or a test suite from a folder. */
  readonly development?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A home of its own, so that nothing of this machine's is read or written. */
  readonly ownHome?: boolean;
  /** Name of its log in the results folder. */
  readonly name: string;
}

export interface VscodeServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  stop(): Promise<void>;
}

const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'workbench.reduceMotion': 'on',
  'editor.minimap.enabled': false,
  'files.simpleDialog.enable': true,
};

/** Serves a whole VS Code to a browser on this machine, with data folders of its own. @throws StepFailed */
export async function startVscodeServer(options: ServerOptions): Promise<VscodeServer> {
  const home = await provisionCodeServer();
  const main = path.join(home, 'out', 'server-main.js');
  const dataFolder = temporaryFolder('vscode');
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2);
  // Those of the machine's scope are the server's own.
  for (const place of ['User', 'Machine']) {
    mkdirSync(path.join(dataFolder, 'data', place), { recursive: true });
    writeFileSync(path.join(dataFolder, 'data', place, 'settings.json'), settings);
  }

  // VS Code takes over what lies in a folder of extensions that has no list yet.
  for (const folder of options.unpacked ?? []) {
    cpSync(folder, path.join(dataFolder, 'extensions', path.basename(folder)), { recursive: true });
  }

  const common = [
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    dataFolder,
  ];
  if (options.vsix) {
    await runStep(process.execPath, [main, '--install-extension', options.vsix, ...common], {
      cwd: home,
      remedy: 'Build the package again: npm run package',
    });
  }

  mkdirSync(resultsFolder, { recursive: true });
  const service = startService(
    process.execPath,
    [
      main,
      // A free port is the server's own choice, so no other program can take it in between.
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.development ? ['--enable-smoke-test-driver'] : []),
      ...common,
    ],
    {
      cwd: home,
      logFile: path.join(resultsFolder, `${options.name}.server.log`),
      ...(options.ownHome ? { env: withHome(path.join(dataFolder, 'home')) } : {}),
    },
  );
  try {
    const [, port] = await service.waitFor(/Extension host agent listening on (\d+)/, 60_000);
    return {
      address: `http://127.0.0.1:${port}`,
      stop: async () => {
        await service.stop();
        rmSync(dataFolder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

function withHome(home: string): NodeJS.ProcessEnv {
  mkdirSync(home, { recursive: true });
  const { CLAUDE_CONFIG_DIR: _claude, CODEX_HOME: _codex, XDG_CONFIG_HOME: _config, ...rest } = process.env;
  return { ...rest, HOME: home, USERPROFILE: home };
}
