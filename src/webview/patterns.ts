import type { PatternRow, ReportUpdate } from '../protocol';
import { Detail } from './detail';
import { element, required } from './dom';
import { FilterBar } from './filterBar';
import { filterRows, isFiltering, type SearchableRow, searchable, sortRows } from './filters';
import { nodesOf } from './fragment';
import { List } from './list';
import { change, state } from './state';

/** The ranked list with its filters, and the details beside it. */
export class Patterns {
  readonly detail = new Detail();
  readonly bar = new FilterBar(() => {
    this.#showRows();
    // What was asked for stands at the top.
    this.list.scrollTo(0);
  });
  readonly list = new List(
    (row) => this.#select(row),
    (top) => change({ scroll: { ...state().scroll, list: top } }),
  );
  readonly #none = required('none', HTMLElement);
  readonly #split = required('split', HTMLElement);
  readonly #rows = new Map<string, SearchableRow>();
  /** All rows in their order, until one changes. */
  #sorted: { readonly sort: string; readonly rows: readonly SearchableRow[] } | undefined;
  #complete = false;
  #scrolled = false;
  #frame = 0;
  /** What to say where there are no patterns at all. */
  #noPatterns = '';

  take(update: Extract<ReportUpdate, { type: 'rows' }>): void {
    for (const row of update.rows) this.#rows.set(row.id, searchable(row));
    this.#complete ||= update.complete;
    this.#rowsChanged();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#rows.delete(id);
    this.#rowsChanged();
  }

  sayNone(markup: string): void {
    this.#noPatterns = markup;
    this.#showRows();
  }

  clearFilters(): void {
    this.bar.clear();
    this.#showRows();
    this.list.reveal();
    this.bar.focus();
  }

  /** Chooses a pattern wherever it is, also one that the filters hide. */
  open(patternId: string): void {
    if (!this.#shown().some((row) => row.id === patternId)) this.bar.clear();
    const index = this.#shown().findIndex((row) => row.id === patternId);
    this.#showRows();
    this.list.select(index);
    this.list.focus();
  }

  /** Many messages may come before the next frame; the list is drawn once for all of them. */
  #rowsChanged(): void {
    this.#sorted = undefined;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.bar.offer([...this.#rows.values()]);
      this.#showRows();
    });
  }

  #shown(): readonly SearchableRow[] {
    const { sort } = state();
    if (this.#sorted?.sort !== sort) this.#sorted = { sort, rows: sortRows(this.#rows.values(), sort) };
    const { rows } = this.#sorted;
    return isFiltering(state()) ? filterRows(rows, state()) : rows;
  }

  #showRows(): void {
    const shown = this.#shown();
    const { selected, sort } = state();
    this.bar.tell(shown.length, this.#rows.size);
    this.#sayEmpty(shown.length === 0);
    this.list.show(shown, selected);
    if (this.#complete && !this.#scrolled) {
      this.#scrolled = true;
      this.list.scrollTo(state().scroll.list);
    }
    const isThere = shown.some((row) => row.id === selected);
    // The host sends the most weighty first, so the first row is known before the last has come.
    const known = this.#complete || (selected === null && sort === 'impact');
    if (isThere && selected !== null && this.detail.isEmpty) this.detail.ask(selected);
    if (isThere || !known) return;
    if (shown.length > 0) this.list.select(0);
    else if (this.#rows.size === 0) this.detail.clear();
  }

  #select(row: PatternRow): void {
    change({ selected: row.id });
    this.detail.ask(row.id);
  }

  #sayEmpty(isEmpty: boolean): void {
    const isKnown = this.#complete && (this.#rows.size > 0 || this.#noPatterns !== '');
    this.#split.hidden = isEmpty && isKnown;
    this.#none.hidden = !this.#split.hidden;
    if (this.#none.hidden) return;
    if (this.#rows.size === 0) this.#none.replaceChildren(...nodesOf(this.#noPatterns));
    else {
      const clear = element('button', '', 'Clear filters');
      clear.dataset['action'] = 'clear';
      this.#none.replaceChildren(
        element('p', '', 'No pattern fits the filters. Take one away, search for another word, or'),
        clear,
      );
    }
  }
}
