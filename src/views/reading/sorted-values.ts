import { firstFrom } from '../../trace/search.ts';

/** So many values in or out are put in place one by one; beyond, the whole order is gone through once. */
const FEW = 200;
/** A list has no more values than this, which leaves 38 bits for each: 76 hours in µs. */
const PLACES = 32_768;

/**
 * The first so many of a list of values, in ascending order. As the number grows or shrinks by a little the new ones are
 * put in place, so that playing costs next to nothing. For jumps the order of all that the list has is kept, so that a
 * jump picks from it and sorts nothing: scrubbing costs one pass.
 */
export class SortedValues {
  readonly #valueAt: (index: number) => number;
  readonly #length: () => number;
  #values = new Float64Array(256);
  #size = 0;
  /** All values that the list had when it was last sorted, ascending, and the place of each in the list. */
  #ranked = new Float64Array(0);
  #places = new Uint32Array(0);

  /**
   * @param valueAt the value at an index of the list, always the same: an integer from 0 to 2³⁸ - 1
   * @param length how many the list has by now; it may grow, to {@link PLACES}
   */
  constructor(valueAt: (index: number) => number, length: () => number) {
    this.#valueAt = valueAt;
    this.#length = length;
  }

  /** The first `size` values, ascending. Valid until the next call. */
  first(size: number): Float64Array {
    if (size > this.#values.length) this.#makeRoom(size);
    if (Math.abs(size - this.#size) > FEW) this.#pick(size);
    while (this.#size < size) this.#insert(this.#valueAt(this.#size));
    while (this.#size > size) this.#remove(this.#valueAt(this.#size - 1));
    return this.#values.subarray(0, size);
  }

  /** Sorts all that the list has, so that a jump has not to. */
  rank(): void {
    if (this.#places.length < this.#length()) this.#rank(this.#length());
  }

  #makeRoom(size: number): void {
    const values = new Float64Array(Math.max(size, 2 * this.#values.length));
    values.set(this.#values.subarray(0, this.#size));
    this.#values = values;
  }

  #pick(size: number): void {
    if (size > this.#places.length) this.#rank(Math.max(size, this.#length()));
    let picked = 0;
    for (let i = 0; i < this.#places.length; i++) {
      if ((this.#places[i] as number) < size) this.#values[picked++] = this.#ranked[i] as number;
    }
    this.#size = size;
  }

  /** A value and its place make one number, as numbers are sorted ten times faster than by a comparison of ours. */
  #rank(length: number): void {
    const packed = new Float64Array(length);
    for (let i = 0; i < length; i++) packed[i] = this.#valueAt(i) * PLACES + i;
    packed.sort();
    this.#ranked = packed;
    this.#places = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      const one = packed[i] as number;
      const value = Math.floor(one / PLACES);
      this.#places[i] = one - value * PLACES;
      packed[i] = value;
    }
  }

  #insert(value: number): void {
    const at = countBelow(this.#values, this.#size, value);
    this.#values.copyWithin(at + 1, at, this.#size++);
    this.#values[at] = value;
  }

  #remove(value: number): void {
    const at = countBelow(this.#values, this.#size, value);
    this.#values.copyWithin(at, at + 1, this.#size--);
  }
}

/** How many of the first `size` ascending values are below a value. */
function countBelow(values: Float64Array, size: number, value: number): number {
  return firstFrom(0, size, (index) => (values[index] as number) >= value);
}
