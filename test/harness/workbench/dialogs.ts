import type { Locator, Page } from 'playwright-core';

/** The notification whose text holds `text`. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
}

/** Waits for a notification and gives its whole text. */
export async function notificationText(page: Page, text: string | RegExp, timeout = 60_000): Promise<string> {
  const toast = notification(page, text);
  await toast.waitFor({ timeout });
  return (await toast.locator('.notification-list-item-message').textContent()) ?? '';
}

export async function pressNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  await notification(page, text).getByRole('button', { name: button, exact: true }).click();
}

/** Waits for the modal dialog and gives its text. */
export async function modalText(page: Page): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  return (await dialog.textContent()) ?? '';
}

export async function pressModal(page: Page, button: string | RegExp): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.locator('.monaco-button').filter({ hasText: button }).first().click();
  await dialog.waitFor({ state: 'detached' });
}
