import type { Locator, Page } from 'playwright-core';

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Runs a command by its full title, as in "Claude PM: Initialize", from the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = quickInput(page).locator(`.monaco-list-row[aria-label^="${title}"]`).first();
  // The palette lists what is known when it is filtered; an extension may be registered a moment later.
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      // A page that opens at the same moment takes the keyboard, and the palette closes.
      await quickInput(page).locator('input').first().fill(`>${title}`, { timeout: 3000 });
      await row.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 10) throw new Error(`The palette does not offer "${title}".`, { cause: error });
      await page.keyboard.press('Escape');
    }
  }
  await row.click();
}

/** Is a command offered in the palette? Looks once: only meaningful when the extension is known to be there. */
export async function offersCommand(page: Page, title: string): Promise<boolean> {
  await page.keyboard.press('F1');
  await quickInput(page).locator('input').first().fill(`>${title}`);
  await quickInput(page).locator('.monaco-list-row').first().waitFor();
  const count = await quickInput(page).locator(`.monaco-list-row[aria-label^="${title}"]`).count();
  await page.keyboard.press('Escape');
  return count > 0;
}

/** Chooses the row whose label holds `text` in the pick that is open. */
export async function pick(page: Page, text: string | RegExp): Promise<void> {
  await quickInput(page).locator('.monaco-list-row').filter({ hasText: text }).first().click();
}

/** Checks the row whose label holds `text` in a pick of several. */
export async function check(page: Page, text: string | RegExp): Promise<void> {
  const row = quickInput(page).locator('.monaco-list-row').filter({ hasText: text }).first();
  if ((await row.getAttribute('aria-checked')) !== 'true') await row.click();
}

/** Types into the input that is open and confirms it. */
export async function enter(page: Page, text: string): Promise<void> {
  await quickInput(page).locator('input').first().fill(text);
  await page.keyboard.press('Enter');
}

export async function confirmPick(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
}

/** Waits until a pick is open and gives the labels of its rows. */
export async function pickLabels(page: Page): Promise<readonly string[]> {
  await quickInput(page).locator('.monaco-list-row').first().waitFor();
  return quickInput(page).locator('.monaco-list-row').allInnerTexts();
}

/** The same as `runCommand` with the keyboard alone. */
export async function typeCommand(page: Page, title: string): Promise<void> {
  const wanted = quickInput(page).locator(`.monaco-list-row[aria-label^="${title}"]`).first();
  const focused = quickInput(page).locator(`.monaco-list-row.focused[aria-label^="${title}"]`);
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    await quickInput(page).locator('input').first().waitFor();
    await page.keyboard.type(title);
    try {
      await wanted.waitFor({ timeout: 3000 });
      break;
    } catch (error) {
      if (attempt === 10) throw new Error(`The palette does not offer "${title}".`, { cause: error });
      await page.keyboard.press('Escape');
    }
  }
  // What was run lately stands above a better match.
  for (let row = 0; row < 20 && !(await focused.isVisible()); row++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
