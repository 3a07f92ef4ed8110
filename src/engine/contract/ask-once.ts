import { probesOf } from './probes.ts';
import type { Update } from './snapshot.ts';
import type { ClientIo, ServerIo } from './transport.ts';

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
  const memory = io.memory as { inbox?: Update[]; cursor?: number; exchange?: { abort(): void } };
  memory.inbox ??= [];
  const cursor = memory.cursor ?? -1;
  const content = { transport, client: io.client, rooms: io.rooms, cursor, begins: cursor < 0 };
  const keepAlive = io.options.keepAlive !== false;
  const exchange = io.http.request(
    { what, bytes, content, keepAlive, probes: probesOf(io.options.probes, keepAlive), pool: 'http' },
    {
      head({ status, messages, snapshots = [], cursor }) {
        // A proxy's 502, 503 or 504: no answer, and no cursor.
        if (status !== 200) {
          io.send({ type: 'failed', random: io.random() });
          return;
        }
        io.ready();
        if (messages.length + snapshots.length === 0) io.emptyResponse();
        memory.inbox?.push(...snapshots, ...messages);
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

/** The server's side of it: all that is new, at once. In the record it is `….snapshot`, `….response` or `….empty`. */
export function answerOnce(io: ServerIo, transport: string): void {
  const messages = io.exchange.content.cursor < 0 ? [] : io.news();
  const snapshots = io.snapshots();
  const bytes = bodyBytes(
    messages.map((message) => io.bytesOf(message)),
    snapshots.map((snapshot) => snapshot.bytes),
  );
  const what = snapshots.length > 0 ? 'snapshot' : messages.length > 0 ? 'response' : 'empty';
  const content = { status: 200, messages, cursor: io.cursorNow(), code: 0 };
  io.exchange.respond(
    `${transport}.${what}`,
    bytes,
    snapshots.length > 0 ? { ...content, snapshots } : content,
  );
}

/** `?rooms=…&since=…` in the request line: a cursor, and a name for each room. */
const queryBytes = (rooms: number): number => 16 + 10 * rooms;

/** `"room":…,"version":…,"state":…` around a state. */
const SNAPSHOT_EXTRA_BYTES = 40;

/** A JSON object with the cursor and an array of messages, whose payloads are JSON already; and one of snapshots. */
const bodyBytes = (payloads: readonly number[], states: readonly number[]): number =>
  payloads.reduce((sum, bytes) => sum + bytes + 1, 0) +
  states.reduce((sum, bytes) => sum + bytes + SNAPSHOT_EXTRA_BYTES, 0) +
  28;
