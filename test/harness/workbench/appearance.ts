import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { resultsFolder } from '../paths.ts';
import type { Workbench } from './openWorkbench.ts';
import { enter, runCommand } from './palette.ts';

/** Themes of the served VS Code, with the class that the window bears under each. */
export const themes = {
  light: { label: 'Light Modern', marker: 'vs' },
  dark: { label: 'Dark Modern', marker: 'vs-dark' },
  'high-contrast': { label: 'Dark High Contrast', marker: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', marker: 'hc-light' },
} as const;

export type ThemeName = keyof typeof themes;

/** Switches the colours as a person does. */
export async function switchTheme(workbench: Workbench, theme: ThemeName): Promise<void> {
  const { label, marker } = themes[theme];
  await runCommand(workbench.page, 'Preferences: Color Theme');
  await enter(workbench.page, label);
  await workbench.page.locator(`.monaco-workbench.${marker}`).waitFor();
}

/** Keeps a picture of the window as `test-results/screenshots/<name>.png`. */
export async function screenshot(workbench: Workbench, name: string): Promise<void> {
  const folder = path.join(resultsFolder, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });
}
