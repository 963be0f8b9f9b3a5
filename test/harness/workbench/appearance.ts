import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { resultsFolder } from '../paths.ts';
import type { Workbench } from './openWorkbench.ts';

/** Themes that every VS Code has, with the class that the window bears under each. */
export const themes = {
  light: { name: 'Default Light Modern', marker: 'vs' },
  dark: { name: 'Default Dark Modern', marker: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', marker: 'hc-black' },
} as const;

export type ThemeName = keyof typeof themes;

/** Sets a user's setting; the window notices the file's change. */
export function changeSetting(workbench: Workbench, key: string, value: unknown): void {
  const file = path.join(workbench.server.dataFolder, 'data', 'User', 'settings.json');
  const settings: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...settings, [key]: value }, undefined, 2));
}

export async function switchTheme(workbench: Workbench, theme: ThemeName): Promise<void> {
  const { name, marker } = themes[theme];
  changeSetting(workbench, 'workbench.colorTheme', name);
  await workbench.page.locator(`.monaco-workbench.${marker}`).waitFor();
}

/** Keeps a picture of the window as `test-results/screenshots/<name>.png`. */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  const folder = path.join(resultsFolder, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });
}
