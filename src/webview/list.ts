import type { PatternRow } from '../protocol';
import { required } from './dom';
import { listRow } from './listRow';

/** Rows that are drawn above and below what is in sight. */
const spare = 6;

/**
 * The list box: draws only the rows in sight, so that thousands cost no more than twenty. The focus stays on the list itself and
 * `aria-activedescendant` names the chosen row.
 */
export class List {
  readonly #list = required('list', HTMLElement);
  readonly #rows = required('rows', HTMLElement);
  readonly #onSelect: (row: PatternRow) => void;
  #shown: readonly PatternRow[] = [];
  #selected = -1;
  #rowHeight = 0;
  #drawn = '';

  constructor(onSelect: (row: PatternRow) => void, onScroll: (top: number) => void) {
    this.#onSelect = onSelect;
    this.#list.addEventListener('scroll', () => {
      this.#draw();
      onScroll(this.#list.scrollTop);
    });
    this.#list.addEventListener('keydown', (event) => this.#onKey(event));
    this.#rows.addEventListener('click', (event) => {
      if (!(event.target instanceof Element)) return;
      const index = Number(event.target.closest('.row')?.getAttribute('aria-posinset') ?? 0) - 1;
      if (index >= 0) this.select(index);
    });
    new ResizeObserver(() => this.#redraw()).observe(this.#list);
  }

  /** Shows these rows; the chosen one stays chosen, and in its place in the window, while it is among them. */
  show(shown: readonly PatternRow[], selectedId: string | null): void {
    const before = this.#selected;
    this.#shown = shown;
    this.#selected = selectedId === null ? -1 : shown.findIndex((row) => row.id === selectedId);
    if (before >= 0 && this.#selected >= 0 && this.#rowHeight > 0) {
      this.#rows.style.height = `${shown.length * this.#rowHeight}px`;
      this.#list.scrollTop += (this.#selected - before) * this.#rowHeight;
    }
    this.#redraw();
  }

  select(index: number): void {
    const row = this.#shown[index];
    if (!row) return;
    this.#selected = index;
    this.#reveal();
    this.#redraw();
    this.#onSelect(row);
  }

  focus(): void {
    this.#list.focus();
  }

  scrollTo(top: number): void {
    this.#list.scrollTop = top;
    this.#draw();
  }

  /** Brings the chosen row into sight. */
  reveal(): void {
    this.#reveal();
    this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#list.clientHeight / this.#rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#selected + 1,
      ArrowUp: this.#selected - 1,
      Home: 0,
      End: this.#shown.length - 1,
      PageDown: this.#selected + page,
      PageUp: this.#selected - page,
    };
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    this.select(Math.min(this.#shown.length - 1, Math.max(0, wanted)));
  }

  #reveal(): void {
    if (this.#selected < 0) return;
    const top = this.#selected * this.#rowHeight;
    const below = top + this.#rowHeight - this.#list.clientHeight;
    if (this.#list.scrollTop > top) this.#list.scrollTop = top;
    else if (this.#list.scrollTop < below) this.#list.scrollTop = below;
  }

  #redraw(): void {
    this.#drawn = '';
    // Three lines of text, the padding and the border; the person's font size counts.
    this.#rowHeight = Math.round(Number.parseFloat(getComputedStyle(this.#list).fontSize) * 4.5) + 13;
    this.#rows.style.height = `${this.#shown.length * this.#rowHeight}px`;
    this.#draw();
  }

  #draw(): void {
    if (this.#rowHeight === 0) return;
    const first = Math.max(0, Math.floor(this.#list.scrollTop / this.#rowHeight) - spare);
    const fitting = Math.ceil(this.#list.clientHeight / this.#rowHeight) + 2 * spare;
    const last = Math.min(this.#shown.length, first + fitting);
    const range = `${first}-${last}`;
    if (range === this.#drawn) return;
    this.#drawn = range;
    this.#rows.replaceChildren(
      ...this.#shown.slice(first, last).map((row, offset) => this.#place(listRow(row), first + offset)),
    );
    const chosen = this.#selected >= first && this.#selected < last;
    if (chosen) this.#list.setAttribute('aria-activedescendant', `row-${this.#selected}`);
    else this.#list.removeAttribute('aria-activedescendant');
  }

  #place(row: HTMLElement, index: number): HTMLElement {
    row.id = `row-${index}`;
    row.setAttribute('aria-posinset', String(index + 1));
    row.setAttribute('aria-setsize', String(this.#shown.length));
    row.setAttribute('aria-selected', String(index === this.#selected));
    row.style.top = `${index * this.#rowHeight}px`;
    row.style.height = `${this.#rowHeight}px`;
    return row;
  }
}
