/** A set of messages of one room, by their numbers within it (from 0). */
export class Places {
  #words: Uint32Array;

  constructor(words = new Uint32Array(4)) {
    this.#words = words;
  }

  has(place: number): boolean {
    return (((this.#words[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
  }

  /** Notes that a message is there. @returns whether it was not before */
  add(place: number): boolean {
    const word = place >>> 5;
    if (word >= this.#words.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      larger.set(this.#words);
      this.#words = larger;
    }
    const bit = 1 << (place & 31);
    const before = this.#words[word] as number;
    this.#words[word] = before | bit;
    return (before & bit) === 0;
  }

  /** The same messages, whatever comes later. */
  copy(): Places {
    return new Places(this.#words.slice());
  }
}
