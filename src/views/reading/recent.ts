/**
 * What was looked up lately, by number. Two generations: once the younger is full the older is forgotten, so that the
 * cache never empties at once and nobody has to look all of it up again in a single frame.
 */
export class Recent<T> {
  readonly #most: number;
  #young = new Map<number, T>();
  #old = new Map<number, T>();

  /** @param most values that are kept, at most */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value for a number, looked up unless it is known. */
  of(key: number, lookUp: (key: number) => T): T {
    let value = this.#young.get(key);
    if (value !== undefined) return value;
    value = this.#old.get(key) ?? lookUp(key);
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}

/** {@link Recent} of each trace. */
export function recentPerTrace<K extends object, T>(most: number): (trace: K) => Recent<T> {
  const known = new WeakMap<K, Recent<T>>();
  return (trace) => {
    let recent = known.get(trace);
    if (recent === undefined) known.set(trace, (recent = new Recent(most)));
    return recent;
  };
}
