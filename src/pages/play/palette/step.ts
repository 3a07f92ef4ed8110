const PAGE = 8;

/**
 * Where a key leads from one of `count` options in a list under a text field: arrows go round at the ends, page keys stop
 * there. Undefined: the key does not move through the list.
 */
export function stepped(key: string, from: number, count: number): number | undefined {
  const last = Math.max(0, count - 1);
  switch (key) {
    case 'ArrowDown':
      return from >= last ? 0 : from + 1;
    case 'ArrowUp':
      return from <= 0 ? last : from - 1;
    case 'PageDown':
      return Math.min(last, from + PAGE);
    case 'PageUp':
      return Math.max(0, from - PAGE);
    default:
      return undefined;
  }
}
