import { type FilterKey, filterKeys, type PatternRow, type SortKey, sortKeys } from '../protocol';
import { element, inWords, required } from './dom';
import { isFiltering, optionsOf } from './filters';
import { change, state } from './state';

const labels: Readonly<Record<FilterKey, string>> = {
  agent: 'Any agent',
  type: 'Any type',
  signal: 'Any signal',
  severity: 'Any severity',
  fileKind: 'Any file kind',
  tool: 'Any tool',
  coverage: 'Any coverage',
  trend: 'Any trend',
};
const sorts: Readonly<Record<SortKey, string>> = {
  impact: 'impact',
  confidence: 'confidence',
  sessions: 'sessions',
  lastSeen: 'last seen',
  trend: 'trend',
};
/** These are names of their own and stand as they are. */
const verbatim: readonly FilterKey[] = ['agent', 'fileKind', 'tool'];

function option(value: string, label: string): HTMLOptionElement {
  const made = element('option', '', label);
  made.value = value;
  return made;
}

/** Search, filters and order above the list. */
export class FilterBar {
  readonly #text = required('text', HTMLInputElement);
  readonly #sort = required('sort', HTMLSelectElement);
  readonly #clear = required('clear', HTMLButtonElement);
  readonly #shown = required('shown', HTMLElement);
  readonly #selects = new Map<FilterKey, HTMLSelectElement>();
  /** What each filter offers now. */
  readonly #offered = new Map<FilterKey, string>();

  constructor(onChange: () => void) {
    this.#text.value = state().text;
    this.#text.addEventListener('input', () => {
      change({ text: this.#text.value });
      onChange();
    });
    this.#sort.append(...sortKeys.map((key) => option(key, sorts[key])));
    this.#sort.value = state().sort;
    this.#sort.addEventListener('change', () => {
      change({ sort: sortKeys.find((key) => key === this.#sort.value) ?? 'impact' });
      onChange();
    });
    for (const key of filterKeys) {
      const select = element('select');
      select.setAttribute('aria-label', labels[key].replace('Any', 'Filter by'));
      select.addEventListener('change', () => {
        const { [key]: _, ...others } = state().filters;
        change({ filters: select.value === '' ? others : { ...others, [key]: select.value } });
        onChange();
      });
      this.#selects.set(key, select);
    }
    required('selects', HTMLElement).append(...this.#selects.values());
  }

  /** Offers the values that the rows have. A filter that cannot tell rows apart is left out. */
  offer(rows: readonly PatternRow[]): void {
    for (const [key, select] of this.#selects) {
      const options = optionsOf(rows, key);
      const wanted = state().filters[key];
      select.hidden = options.length < 2 && wanted === undefined;
      // A list that is open under the pointer is not taken away without need.
      const signature = JSON.stringify([options, wanted]);
      if (this.#offered.get(key) === signature) continue;
      this.#offered.set(key, signature);
      const gone = wanted !== undefined && !options.some(({ value }) => value === wanted);
      const all = gone ? [...options, { value: wanted, count: 0 }] : options;
      const offered = all.map(({ value, count }) =>
        option(value, `${verbatim.includes(key) ? value : inWords(value)} (${count})`),
      );
      select.replaceChildren(option('', labels[key]), ...offered);
      select.value = wanted ?? '';
    }
  }

  /** Says how many of the rows are shown, and marks the filters that are set. */
  tell(shown: number, all: number): void {
    this.#shown.textContent = `${shown} of ${all} shown`;
    this.#clear.disabled = !isFiltering(state());
    for (const [key, select] of this.#selects) {
      const wanted = state().filters[key] ?? '';
      select.value = wanted;
      select.classList.toggle('active', wanted !== '');
    }
  }

  clear(): void {
    this.#text.value = '';
    change({ text: '', filters: {} });
  }

  focus(): void {
    this.#text.focus();
    this.#text.select();
  }

  /** Is the search where the person types? */
  get isSearching(): boolean {
    return document.activeElement === this.#text;
  }
}
