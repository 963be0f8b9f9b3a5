const firstCapacity = 1024;
const growth = 1.5;

/** 32-bit integers, as many as come: a plain array of a million numbers takes twice the room. */
export class GrowingInts {
  #values: Int32Array<ArrayBuffer>;
  #length: number;

  constructor(values: readonly number[] = []) {
    this.#values = new Int32Array(Math.max(firstCapacity, values.length));
    this.#values.set(values);
    this.#length = values.length;
  }

  get length(): number {
    return this.#length;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#values[this.#length++] = value;
  }

  append(values: Int32Array): void {
    this.#reserve(values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  /** A view, good until something is added. */
  slice(start: number, end: number): Int32Array {
    return this.#values.subarray(start, end);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#values.length) return;
    const values = new Int32Array(Math.ceil(Math.max(this.#length + more, this.#values.length * growth)));
    values.set(this.#values);
    this.#values = values;
  }
}
