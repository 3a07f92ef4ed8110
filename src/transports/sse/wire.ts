/** `Accept: text/event-stream`, `Cache-Control: no-cache`, the query with the rooms, and Last-Event-ID if there is one. */
export const requestExtraBytes = (rooms: number, lastEventId: number): number =>
  54 + 10 * rooms + (lastEventId >= 0 ? 17 + String(lastEventId).length : 0);

/** `id: …`, `retry: …` and a blank line. */
export const prologueBytes = (cursor: number, retryMs: number): number =>
  `id: ${cursor}\nretry: ${retryMs}\n\n`.length;

/** `id: …`, `data: …` for each message, and the blank line that ends an event. */
export const eventBytes = (id: number, payloads: readonly number[]): number =>
  `id: ${id}\n`.length + '\n'.length + payloads.reduce((sum, bytes) => sum + 'data: \n'.length + bytes, 0);

/** `event: snapshot`, `id: …`, and `data: {"room":"…","version":…,"state":…}`. */
export const snapshotBytes = (id: number, stateBytes: number): number =>
  `event: snapshot\nid: ${id}\ndata: \n\n`.length + 40 + stateBytes;
