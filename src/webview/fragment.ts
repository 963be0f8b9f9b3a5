import { state } from './state';

/** What of the focused element is the same in its successor. */
function keyOf(focused: Element | null, container: Element): string | undefined {
  if (!(focused instanceof HTMLElement) || !container.contains(focused)) return undefined;
  const kept = focused.closest<HTMLElement>('summary')?.parentElement?.dataset['keep'];
  if (kept !== undefined) return `[data-keep="${CSS.escape(kept)}"] > summary`;
  const { key, correction, pattern } = focused.dataset;
  if (key !== undefined) return `[data-key="${CSS.escape(key)}"]`;
  if (correction !== undefined) return `[data-correction="${CSS.escape(correction)}"]`;
  return pattern === undefined ? undefined : `[data-pattern="${CSS.escape(pattern)}"]`;
}

/** Opens and closes what the person had opened and closed. */
function restoreOpen(container: Element): void {
  const { open } = state();
  for (const part of container.querySelectorAll<HTMLDetailsElement>('details[data-keep]')) {
    part.open = open[part.dataset['keep'] ?? ''] ?? part.open;
  }
}

/** Replaces what a part of the page shows; the focus stays where it was, as far as its place is still there. */
export function fill(container: HTMLElement, content: readonly Node[]): void {
  const within = container.contains(document.activeElement);
  const key = keyOf(document.activeElement, container);
  container.replaceChildren(...content);
  restoreOpen(container);
  if (!within || container.contains(document.activeElement)) return;
  const successor = key === undefined ? null : container.querySelector<HTMLElement>(key);
  (successor ?? container).focus({ preventScroll: true });
}

/** Markup that the extension host made, in which every text of a record is escaped. The page's policy runs no script in it. */
export function nodesOf(markup: string): Node[] {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return [...template.content.childNodes];
}
