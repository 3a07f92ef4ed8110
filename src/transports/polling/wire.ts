/** `?rooms=…&since=…` in the request line: a cursor, and a name for each room. */
export const pollQueryBytes = (rooms: number): number => 16 + 10 * rooms;

/** A JSON object with the cursor and an array of messages, whose payloads are JSON already. */
export const pollBodyBytes = (payloads: readonly number[]): number =>
  payloads.reduce((sum, bytes) => sum + bytes + 1, 0) + 28;
