import { probesOf } from './probes.ts';
import type { Update } from './snapshot.ts';
import type { ClientIo } from './transport.ts';

/**
 * A request whose complete response is one answer with messages and a cursor: what polling and long polling do.
 * The machine's context holds `cursor`; it comes back as the event `response`, or `failed` with a random number.
 */
export function askOnce(io: ClientIo, transport: string, what: string, bytes: number): void {
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
