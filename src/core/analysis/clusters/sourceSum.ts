import { RowSum } from './coherence';

/** One row a source, so that what a source says again does not vouch for what it said. */
export class SourceSum extends RowSum {
  readonly #known = new Set<number>();

  knows(source: number): boolean {
    return this.#known.has(source);
  }

  /** Adds the source's first row. */
  addSource(source: number, row: Float32Array): void {
    this.#known.add(source);
    this.add(row);
  }
}
