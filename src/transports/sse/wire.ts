/** `Accept: text/event-stream`, `Cache-Control: no-cache`, the query with the rooms, and Last-Event-ID if there is one. */
export const requestExtraBytes = (rooms: number, lastEventId: number): number =>
  54 + 10 * rooms + (lastEventId >= 0 ? 17 + String(lastEventId).length : 0);

/** `id: …`, `retry: …` and a blank line. */
export const prologueBytes = (cursor: number, retryMs: number): number =>
  `id: ${cursor}\nretry: ${retryMs}\n\n`.length;

/** `id: …`, `data: …` and the blank line that ends an event. */
export const eventBytes = (message: number, payloadBytes: number): number =>
  `id: ${message}\n`.length + 'data: \n\n'.length + payloadBytes;
