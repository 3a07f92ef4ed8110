import type { ServerExchange } from '../contract/http.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { Errands } from './errands.ts';

/** `{"room":"…","version":…,"state":…}` around a snapshot's state. */
const SNAPSHOT_EXTRA_BYTES = 40;

interface Maker {
  ready(rooms: readonly number[], then: () => void): void;
  take(room: number, client: number, why: string): Snapshot;
}

/** A client asks for a room's state, because it has noticed a gap. */
export function answerSnapshot(
  exchange: ServerExchange,
  snapshots: Maker,
  errands: Errands,
  costUs: { request: number; snapshot: number },
): void {
  const { client, snapshotOf } = exchange.content;
  const room = snapshotOf as number;
  const answer = () => {
    const snapshot = snapshots.take(room, client, 'it asks, for a gap that it noticed');
    const content = { status: 200, messages: [], snapshots: [snapshot], cursor: 0, code: 0 };
    exchange.respond('http.snapshot-answer', SNAPSHOT_EXTRA_BYTES + snapshot.bytes, content);
  };
  errands.run(costUs.request, () => snapshots.ready([room], () => errands.run(costUs.snapshot, answer)));
}
