/** So many values in or out are put in place one by one; beyond, sorting all of them anew is quicker. */
const FEW = 200;

/**
 * The first so many of a list of values, in ascending order. As the number grows or shrinks by a little the new ones are
 * put in place, so that playing costs next to nothing and a jump one sort.
 */
export class SortedValues {
  readonly #valueAt: (index: number) => number;
  #values = new Float64Array(256);
  #size = 0;

  /** @param valueAt the value at an index of the list, always the same */
  constructor(valueAt: (index: number) => number) {
    this.#valueAt = valueAt;
  }

  /** The first `size` values, ascending. Valid until the next call. */
  first(size: number): Float64Array {
    if (size > this.#values.length) this.#makeRoom(size);
    if (Math.abs(size - this.#size) > FEW) this.#sort(size);
    while (this.#size < size) this.#insert(this.#valueAt(this.#size));
    while (this.#size > size) this.#remove(this.#valueAt(this.#size - 1));
    return this.#values.subarray(0, size);
  }

  #makeRoom(size: number): void {
    const values = new Float64Array(Math.max(size, 2 * this.#values.length));
    values.set(this.#values.subarray(0, this.#size));
    this.#values = values;
  }

  #sort(size: number): void {
    for (let i = 0; i < size; i++) this.#values[i] = this.#valueAt(i);
    this.#values.subarray(0, size).sort();
    this.#size = size;
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
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
