const firstSlots = 1 << 11;
const none = -1;

/**
 * Numbers from 0 by whole-number keys, in the order in which the keys came: open addressing with linear probing (Knuth, The Art of
 * Computer Programming, 6.4) in typed arrays, a quarter of the room of a `Map` with keys beyond 32 bits.
 */
export class KeyIndex {
  #keys = new Float64Array(firstSlots);
  #numbers = new Int32Array(firstSlots).fill(none);
  #size = 0;

  /** Number of the key; a new key gets the next one. */
  numberOf(key: number): { readonly number: number; readonly isNew: boolean } {
    if (2 * this.#size >= this.#keys.length) this.#grow();
    const slot = this.#slotOf(key);
    const known = this.#numbers[slot] ?? none;
    if (known !== none) return { number: known, isNew: false };
    const number = this.#size++;
    this.#keys[slot] = key;
    this.#numbers[slot] = number;
    return { number, isNew: true };
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    const mixed = Math.imul((key | 0) ^ Math.floor(key / 2 ** 32), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#numbers[slot] !== none && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers];
    this.#keys = new Float64Array(2 * keys.length);
    this.#numbers = new Int32Array(2 * keys.length).fill(none);
    for (let old = 0; old < keys.length; old++) {
      const number = numbers[old] ?? none;
      if (number === none) continue;
      const key = keys[old] ?? 0;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#numbers[slot] = number;
    }
  }
}
