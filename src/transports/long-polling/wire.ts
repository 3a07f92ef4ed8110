/** `?rooms=…&since=…` in the request line: a cursor, and a name for each room. */
export const requestQueryBytes = (rooms: number): number => 16 + 10 * rooms;

/** A JSON object with the cursor and an array of messages, whose payloads are JSON already; and one of snapshots. */
export const answerBodyBytes = (payloads: readonly number[], states: readonly number[] = []): number =>
  payloads.reduce((sum, bytes) => sum + bytes + 1, 0) +
  states.reduce((sum, bytes) => sum + bytes + SNAPSHOT_EXTRA_BYTES, 0) +
  28;

/** `"room":…,"version":…,"state":…` around a state. */
const SNAPSHOT_EXTRA_BYTES = 40;
