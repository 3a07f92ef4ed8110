import { probesOf } from './probes.ts';
import type { Update } from './snapshot.ts';
import type { ClientIo, ServerIo } from './transport.ts';

interface Memory {
  inbox?: Update[];
  cursor?: number;
  /** An answer without news is kept with its ETag: the cursor that it was asked with, and ends at. */
  kept?: number | undefined;
  exchange?: { abort(): void };
}

/**
 * A request whose complete response is one answer with messages and a cursor: what polling and long polling do.
 * The machine's context holds `cursor`; it comes back as the event `response`, or `failed` with a random number.
 * @param what the request is called in the record @param bytes of its query
 */
export function askOnce(
  io: ClientIo,
  transport: string,
  what = `${transport}.request`,
  bytes = queryBytes(io.rooms.length),
): void {
  const memory = io.memory as Memory;
  memory.inbox ??= [];
  const cursor = memory.cursor ?? -1;
  const { kept } = memory;
  const content = {
    transport,
    client: io.client,
    rooms: io.rooms,
    cursor,
    begins: cursor < 0,
    ...(kept === undefined ? {} : { ifNoneMatch: kept }),
  };
  const keepAlive = io.options.keepAlive !== false;
  const exchange = io.http.request(
    {
      what,
      bytes: bytes + (kept === undefined ? 0 : IF_NONE_MATCH_BYTES),
      content,
      keepAlive,
      probes: probesOf(io.options.probes, keepAlive),
      pool: 'http',
    },
    {
      head({ status, messages, snapshots = [], cursor }) {
        if (status === 304) {
          io.emptyResponse();
          io.send({ type: 'response', cursor: content.cursor, messages: 0 });
          return;
        }
        // A proxy's 502, 503 or 504: no answer, and no cursor.
        if (status !== 200) {
          io.send({ type: 'failed', random: io.random() });
          return;
        }
        io.ready();
        const isEmpty = messages.length + snapshots.length === 0;
        if (isEmpty) io.emptyResponse();
        memory.inbox?.push(...snapshots, ...messages);
        // What an HTTP cache keeps, it keeps by the address: with another cursor it is another.
        const isKept = isEmpty && cursor === content.cursor && io.options.conditional === true;
        memory.kept = isKept ? cursor : undefined;
        memory.cursor = cursor;
        io.send({ type: 'response', cursor, messages: messages.length });
      },
      part() {},
      end() {},
      failed: () => io.send({ type: 'failed', random: io.random() }),
    },
  );
  memory.exchange = exchange;
}

/**
 * The server's side of it: all that is new, at once. In the record it is `….snapshot`, `….response`, `….empty` or, where
 * the client has that already, `….not-modified`.
 */
export function answerOnce(io: ServerIo, transport: string): void {
  const messages = io.exchange.content.cursor < 0 ? [] : io.news();
  const snapshots = io.snapshots();
  const bytes = bodyBytes(
    messages.map((message) => io.bytesOf(message)),
    snapshots.map((snapshot) => snapshot.bytes),
  );
  const conditional = io.options.conditional === true;
  const { ifNoneMatch } = io.exchange.content;
  const cursor = io.cursorNow();
  if (messages.length + snapshots.length === 0 && ifNoneMatch === cursor) {
    const content = { status: 304, messages, cursor, code: 0 };
    io.exchange.respond(`${transport}.not-modified`, ETAG_BYTES - ABOUT_CONTENT_BYTES, content);
    return;
  }
  const what = snapshots.length > 0 ? 'snapshot' : messages.length > 0 ? 'response' : 'empty';
  const content = { status: 200, messages, cursor, code: 0 };
  io.exchange.respond(
    `${transport}.${what}`,
    bytes + (conditional ? ETAG_BYTES : 0),
    snapshots.length > 0 ? { ...content, snapshots } : content,
  );
}

/** `If-None-Match` and `ETag` with a tag as Express makes them: weak, a length and a hash in base64, 34 characters. */
const IF_NONE_MATCH_BYTES = 51;
const ETAG_BYTES = 42;
/** `Content-Type: application/json` and `Content-Length: 28`, which a 304 is without. */
const ABOUT_CONTENT_BYTES = 52;

/** `?rooms=…&since=…` in the request line: a cursor, and a name for each room. */
const queryBytes = (rooms: number): number => 16 + 10 * rooms;

/** `"room":…,"version":…,"state":…` around a state. */
const SNAPSHOT_EXTRA_BYTES = 40;

/** A JSON object with the cursor and an array of messages, whose payloads are JSON already; and one of snapshots. */
const bodyBytes = (payloads: readonly number[], states: readonly number[]): number =>
  payloads.reduce((sum, bytes) => sum + bytes + 1, 0) +
  states.reduce((sum, bytes) => sum + bytes + SNAPSHOT_EXTRA_BYTES, 0) +
  28;
