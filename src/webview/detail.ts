import type { ReportUpdate } from '../protocol';
import { element, required } from './dom';
import { fill, nodesOf } from './fragment';
import { host } from './host';
import { change, state } from './state';

/** A held arrow key runs past many patterns; only the one it stops at is asked for. Milliseconds. */
const pause = 60;

/** The details of the chosen pattern, which the extension host sends on request and again whenever they change. */
export class Detail {
  readonly #pane = required('detail', HTMLElement);
  #shown: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#pane.addEventListener('scrollend', () => {
      change({ scroll: { ...state().scroll, detail: this.#pane.scrollTop } });
    });
  }

  ask(patternId: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => host.postMessage({ type: 'select', patternId }), pause);
  }

  show({ patternId, title, markup }: Extract<ReportUpdate, { type: 'detail' }>): void {
    if (patternId !== state().selected) return;
    // After a restart the first details are those that were shown before it.
    const kept = this.#shown === undefined ? state().scroll.detail : this.#pane.scrollTop;
    const same = this.#shown === undefined || this.#shown === patternId;
    this.#shown = patternId;
    const article = element('article', 'card');
    article.append(element('h2', '', title), ...nodesOf(markup));
    fill(this.#pane, [article]);
    this.#pane.scrollTop = same ? kept : 0;
  }

  clear(): void {
    this.#shown = undefined;
    this.#pane.replaceChildren(element('p', 'quiet', 'Choose a pattern to see why it is one.'));
  }

  focus(): void {
    this.#pane.focus();
  }

  /** Nothing was shown yet, as after a restart. */
  get isEmpty(): boolean {
    return this.#shown === undefined;
  }

  /** The first quotation's source. */
  get firstCorrection(): string | undefined {
    return this.#pane.querySelector<HTMLElement>('[data-correction]')?.dataset['correction'];
  }

  contains(node: EventTarget | null): boolean {
    return node instanceof Node && this.#pane.contains(node);
  }
}
