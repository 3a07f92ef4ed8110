import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/*
 * For what is asked a hundred thousand times: an `expect` takes some microseconds even where all is well, which is more
 * than most of what it looks at. These leave it to `expect` to object, and cost next to nothing until then.
 */

/** @param what says what is wrong if it does not hold */
export function holds(ok: boolean, what: () => string): void {
  if (!ok) expect.fail(what());
}

/** As `toEqual`, of which strict equality is the strictest case. */
export function same(actual: unknown, expected: unknown, what = () => ''): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, what()).toEqual(expected);
}
