/**
 * The first of the whole numbers below `length` that is `true` for a question that stays true once it is; `length` if
 * there is none. O(log length).
 * @param from where to begin
 */
export function firstFrom(from: number, length: number, is: (index: number) => boolean): number {
  let low = from;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the first element that is `true` for a question that stays true once it is; the length if there is none. */
export const firstIndex = <T>(of: ArrayLike<T>, is: (one: T) => boolean): number =>
  firstFrom(0, of.length, (index) => is(of[index] as T));
