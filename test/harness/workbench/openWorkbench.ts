import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { resultsFolder } from '../paths.ts';
import type { VscodeServer } from '../vscodeServer.ts';
import { folderAddress } from './folderAddress.ts';

/** One VS Code window in a browser. */
export interface Workbench {
  readonly page: Page;
  readonly server: VscodeServer;
  /** Errors that the window logged so far. */
  readonly errors: readonly string[];
  /** Loads the window again, as "Developer: Reload Window" does, and waits until it is ready. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface WindowOptions {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** What a development server is to load: pairs of VS Code's own option names and values. */
  readonly payload?: readonly (readonly [string, string])[];
  /** Name of its log in the results folder. */
  readonly name: string;
  /** Runs before the window loads. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Opens a folder in a window; `browser` is the path of a Chromium. */
export async function openWorkbench(
  server: VscodeServer,
  browser: string,
  options: WindowOptions,
): Promise<Workbench> {
  const process = await chromium.launch({ executablePath: browser, args: browserArgs, headless: true });
  try {
    const page = await process.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    const errors = collectErrors(page, options.name);
    await options.prepare?.(page);
    const payload = options.payload ? `&payload=${encodeURIComponent(JSON.stringify(options.payload))}` : '';
    await page.goto(folderAddress(server, options.folder) + payload);
    await whenReady(page);
    return {
      page,
      server,
      errors,
      reload: async () => {
        await page.reload();
        await whenReady(page);
      },
      close: () => process.close(),
    };
  } catch (error) {
    await process.close();
    throw error;
  }
}

/** The window has its parts and knows its folder. */
async function whenReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  await page.locator('[id="status.host"], .explorer-folders-view .monaco-list-row').first().waitFor();
}

function collectErrors(page: Page, name: string): readonly string[] {
  mkdirSync(resultsFolder, { recursive: true });
  const log = path.join(resultsFolder, `${name}.console.log`);
  const errors: string[] = [];
  page.on('console', (message) => {
    appendFileSync(log, `${message.type()} ${message.text()}\n`);
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    appendFileSync(log, `uncaught ${error.stack ?? error.message}\n`);
    errors.push(error.message);
  });
  return errors;
}
