import type { Page } from 'playwright-core';

// The window's own class; the project's types leave the browser's out, since nearly all of it runs in Node.
declare const MutationObserver: new (
  callback: () => void,
) => { observe(target: unknown, options: object): void; disconnect(): void };

const quietMilliseconds = 500;

/**
 * Waits until nothing was drawn in a part of the window for half a second. A press on something that is being drawn
 * anew is lost, or reaches an older row.
 */
export async function whenQuiet(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate(
      (element, quiet) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => wait());
          let timer: ReturnType<typeof setTimeout> | undefined;
          const wait = () => {
            clearTimeout(timer);
            timer = setTimeout(() => {
              observer.disconnect();
              resolve();
            }, quiet);
          };
          observer.observe(element, { subtree: true, childList: true, characterData: true });
          wait();
        }),
      quietMilliseconds,
    );
}
