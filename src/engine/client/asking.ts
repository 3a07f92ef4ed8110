import type { HttpClient } from '../contract/http.ts';
import type { Sim } from '../contract/sim.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import type { Ledger } from '../ledger.ts';

/** `/rooms/…/snapshot` in the request line. */
const QUERY_BYTES = 26;

/** What asking for snapshots needs of its client. */
interface Asker {
  readonly sim: Sim;
  readonly client: number;
  readonly ledger: Ledger;
  readonly http: HttpClient;
  readonly asleep: boolean;
}

/**
 * Asks for a room's snapshot where a gap stays open, by a GET on the client's own connections, whatever its transport.
 * What comes on the transport meanwhile is applied or dropped by its number, as the rules for keeping a local copy of
 * Binance's order book have it; Kubernetes' clients list anew in the same way when a watch is too old (410 Gone).
 */
export class Asking {
  readonly #asker: Asker;
  readonly #afterUs: number;
  readonly #due = new Set<number>();

  /** @param afterUs how long a gap may stay open first, and the wait before another attempt */
  constructor(asker: Asker, afterUs: number) {
    this.#asker = asker;
    this.#afterUs = afterUs;
    asker.ledger.onGap(asker.client, (room) => this.#wait(room));
  }

  #wait(room: number): void {
    if (this.#due.has(room)) return;
    this.#due.add(room);
    this.#asker.sim.later(this.#afterUs, () => {
      this.#due.delete(room);
      if (this.#asker.asleep) this.#wait(room);
      else if (this.#asker.ledger.hasGap(this.#asker.client, room)) this.#ask(room);
    });
  }

  #ask(room: number): void {
    const { client, ledger, http, sim } = this.#asker;
    ledger.asks(client, room, sim.kernel.nowUs);
    const again = () => this.#wait(room);
    http.request(
      {
        what: 'http.snapshot',
        bytes: QUERY_BYTES,
        content: { transport: 'http', client, rooms: [], cursor: 0, snapshotOf: room },
        keepAlive: true,
        probes: null,
        pool: 'http',
      },
      {
        head: ({ status, snapshots = [] }) => (status === 200 ? this.#take(snapshots) : again()),
        part() {},
        end() {},
        failed: again,
      },
    );
  }

  #take(snapshots: readonly Snapshot[]): void {
    const { client, ledger, sim } = this.#asker;
    for (const snapshot of snapshots) ledger.apply(client, snapshot, sim.kernel.nowUs);
    for (const { room } of snapshots) if (ledger.hasGap(client, room)) this.#wait(room);
  }
}
