import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { packagedExtension } from '../harness/paths';
import { provisionBrowser } from '../harness/provision/browser';
import { copySample } from '../harness/sampleCopy';
import { type ServerOptions, startVscodeServer, type VscodeServer } from '../harness/vscodeServer';
import { screenshot } from '../harness/workbench/appearance';
import { openWorkbench, type Workbench } from '../harness/workbench/openWorkbench';

export interface UiSession {
  /** The copy of the sample that is open. */
  readonly folder: string;
  readonly workbench: Workbench;
}

interface UiSessionOptions extends Pick<ServerOptions, 'workspaceTrust' | 'settings'> {
  /** Runs on the copy before the window opens. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/**
 * A window on a fresh copy of the sample for the tests of one file, with the packaged extension installed. A test that
 * fails leaves a screenshot.
 */
export function useWorkbench(name: string, options: UiSessionOptions = {}): UiSession {
  let folder: string | undefined;
  let server: VscodeServer | undefined;
  let workbench: Workbench | undefined;

  beforeAll(async () => {
    const browser = await provisionBrowser();
    folder = await copySample();
    await options.prepare?.(folder);
    const { workspaceTrust = false, settings = {} } = options;
    server = await startVscodeServer({
      workspaceTrust,
      settings,
      vsix: packagedExtension(),
      ownHome: true,
      name,
    });
    workbench = await openWorkbench(server, browser, { folder, name });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && workbench) {
      await screenshot(workbench, `failed-${name}-${task.name.replaceAll(/\W+/g, '-')}`);
    }
  });
  afterAll(async () => {
    await workbench?.close();
    await server?.stop();
    if (folder) rmSync(path.dirname(folder), { recursive: true, force: true });
  });

  return {
    get folder() {
      return open(folder);
    },
    get workbench() {
      return open(workbench);
    },
  };
}

function open<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The window is not open yet: use it inside a test.');
  return part;
}
