import type { Locator, Page } from 'playwright-core';
import { whenQuiet } from './quiet.ts';

/** CodeLenses with this text in the editors that show, the topmost first as far as they are in sight. */
export function codeLenses(page: Page, text: string): Locator {
  return page
    .locator('.codelens-decoration a')
    .filter({ hasText: new RegExp(`^\\s*${escapeForPattern(text)}\\s*$`), visible: true });
}

/** Presses the topmost CodeLens with this text. A diff goes on moving its lines for a moment after every change. */
export async function pressCodeLens(page: Page, text: string): Promise<void> {
  const lens = codeLenses(page, text).first();
  await lens.waitFor();
  await whenQuiet(page, '.part.editor');
  await lens.click();
}

/** Waits until a diff editor shows. */
export async function whenDiffShows(page: Page): Promise<void> {
  await page.locator('.monaco-diff-editor .editor.modified .view-line').first().waitFor();
}

/** Presses a button of the editor's title bar. */
export async function pressTitleButton(page: Page, label: string): Promise<void> {
  await page.locator(`.part.editor .editor-actions .action-label[aria-label^="${label}"]`).first().click();
}

export async function closeAllEditors(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('ControlOrMeta+W');
  await page.locator('.part.editor .tab').first().waitFor({ state: 'detached' });
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
