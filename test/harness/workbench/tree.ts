import type { Locator, Page } from 'playwright-core';
import { whenQuiet } from './quiet.ts';

/**
 * Opens the view container with this name in the activity bar, unless it is open. A workbench that still restores its
 * side bar may open it at the same moment, and the click then closes it: so it looks again.
 */
export async function openViewContainer(page: Page, name: string): Promise<void> {
  const tab = page.locator('.part.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
  const pane = page.locator('.part.sidebar .pane').first();
  await tab.waitFor();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    // On the tab and not on its label, which a badge may cover.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    const opened = await pane.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (opened) return;
  }
  await pane.waitFor();
}

/** The first row of the side bar's tree whose label (what a screen reader says) holds `name`. */
export function treeRow(page: Page, name: string | RegExp): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name }).first();
}

/** Opens a row that is closed. */
export async function expandRow(page: Page, name: string | RegExp): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
  await page.waitForFunction(
    (element) => element?.getAttribute('aria-expanded') !== 'false',
    await row.elementHandle(),
  );
}

/** Presses an inline action of a row; it shows while the pointer is over the row. */
export async function pressInlineAction(page: Page, name: string | RegExp, action: string): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  await whenQuiet(page, '.part.sidebar');
  await row.hover();
  await row.locator(`.actions .action-label[aria-label^="${action}"]`).click();
}

/** Texts of all rows that are in sight, from the top. */
export function treeTexts(page: Page): Promise<readonly string[]> {
  return page.locator('.part.sidebar .pane-body .monaco-list-row[role="treeitem"]').evaluateAll((rows) =>
    rows
      .map((row) => ({ top: row.getBoundingClientRect().top, text: row.getAttribute('aria-label') ?? '' }))
      .sort((a, b) => a.top - b.top)
      .map((row) => row.text),
  );
}

/** Chooses an item of a row's context menu. */
export async function pressMenuItem(page: Page, name: string | RegExp, item: string): Promise<void> {
  await openRowMenu(page, name);
  const entry = menuItem(page, item);
  // VS Code takes no press that follows the opening at once, since it may be the end of the one that opened the menu.
  for (let attempt = 1; await entry.isVisible(); attempt += 1) {
    if (attempt > 5) throw new Error(`The menu stays open after "${item}" was pressed.`);
    await entry.click();
    await entry.waitFor({ state: 'hidden', timeout: 1_000 }).catch(() => undefined);
  }
}

/** Opens a row's context menu and gives its items, from the top. */
export async function rowMenu(page: Page, name: string | RegExp): Promise<readonly string[]> {
  await openRowMenu(page, name);
  const labels = await page
    .locator('.monaco-menu .action-item .action-label:not(.separator)')
    .allInnerTexts();
  return labels.map((label) => label.trim());
}

async function openRowMenu(page: Page, name: string | RegExp): Promise<void> {
  const row = treeRow(page, name);
  await row.waitFor();
  await whenQuiet(page, '.part.sidebar');
  await row.click({ button: 'right' });
  await page.locator('.monaco-menu .action-item').first().waitFor();
}

function menuItem(page: Page, item: string): Locator {
  return page.locator('.monaco-menu .action-item').filter({ hasText: item }).first();
}
