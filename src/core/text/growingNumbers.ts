const firstCapacity = 1024;
const growth = 1.5;

type Values = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Numbers of 32 bits, as many as come: a plain array of a million takes twice the room. */
class GrowingNumbers<A extends Values> {
  readonly #make: (length: number) => A;
  #values: A;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#values = make(firstCapacity);
  }

  get length(): number {
    return this.#length;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** Sets a value that is there, or as many new ones as it takes: those before it become `between`. */
  set(index: number, value: number, between = 0): void {
    while (this.#length <= index) this.push(between);
    this.#values[index] = value;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#values[this.#length++] = value;
  }

  append(values: A): void {
    this.#reserve(values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  /** A view, good until something is added. */
  slice(start: number, end: number): A {
    return this.#values.subarray(start, end) as A;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#values.length) return;
    const values = this.#make(Math.ceil(Math.max(this.#length + more, this.#values.length * growth)));
    values.set(this.#values);
    this.#values = values;
  }
}

export class GrowingInts extends GrowingNumbers<Int32Array<ArrayBuffer>> {
  constructor(values: readonly number[] = []) {
    super((length) => new Int32Array(length));
    for (const value of values) this.push(value);
  }
}

export class GrowingFloats extends GrowingNumbers<Float32Array<ArrayBuffer>> {
  constructor() {
    super((length) => new Float32Array(length));
  }
}
