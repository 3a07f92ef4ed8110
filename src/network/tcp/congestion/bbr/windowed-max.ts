/**
 * The largest of the last so many values, by the three best that are left as the window moves
 * (lib/win_minmax.c, Kathleen Nichols' algorithm).
 */
export class WindowedMax {
  readonly #window: number;
  /** Times and values of the best, the second and the third. */
  readonly #at = [0, 0, 0];
  readonly #value = [0, 0, 0];

  /** @param window how long a value counts, in the units of the times given */
  constructor(window: number) {
    this.#window = window;
  }

  get value(): number {
    return this.#value[0] as number;
  }

  /** Takes a value in. @param at its time, never before the last */
  add(at: number, value: number): void {
    const times = this.#at as [number, number, number];
    const values = this.#value as [number, number, number];
    if (value >= values[0] || at - times[2] > this.#window) {
      this.#set(0, at, value);
      return;
    }
    if (value >= values[1]) this.#set(1, at, value);
    else if (value >= values[2]) this.#set(2, at, value);
    const age = at - times[0];
    if (age > this.#window) {
      this.#drop(at, value);
      if (at - times[0] > this.#window) this.#drop(at, value);
    } else if (times[1] === times[0] && age > this.#window / 4) this.#set(1, at, value);
    else if (times[2] === times[1] && age > this.#window / 2) this.#set(2, at, value);
  }

  #set(from: number, at: number, value: number): void {
    this.#at.fill(at, from);
    this.#value.fill(value, from);
  }

  #drop(at: number, value: number): void {
    this.#at.shift();
    this.#value.shift();
    this.#at.push(at);
    this.#value.push(value);
  }
}
