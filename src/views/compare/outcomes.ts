import { COLUMN, type Trace } from '../../trace/trace.ts';

const DELIVERED = COLUMN['message.delivered'];
const DUPLICATED = COLUMN['message.duplicated'];
const READY = COLUMN['client.ready'];

/** What became of an update on its way to a client. */
export type Outcome =
  | { kind: 'delivered'; latencyUs: number; duplicates: number; outOfOrder: boolean }
  /** It never came, though the client was ready when it was published. */
  | { kind: 'lost' }
  /** No server was there to take it. */
  | { kind: 'refused' }
  /** The client was not ready yet, or does not watch that room, or is not in this run; or nobody published it. */
  | { kind: 'none' };

const NONE: Outcome = { kind: 'none' };
const LOST: Outcome = { kind: 'lost' };
const REFUSED: Outcome = { kind: 'refused' };

/** Looks up what became of any message on its way to any client of a finished run. */
export class Outcomes {
  readonly #trace: Trace;
  readonly #latencies = new Map<number, number>();
  readonly #duplicates = new Map<number, number>();
  readonly #outOfOrder = new Set<number>();
  readonly #readyUs = new Map<number, number>();
  readonly #clients: number;

  /** @param lastMessage messages of higher numbers are not asked for */
  constructor(trace: Trace, lastMessage = Number.POSITIVE_INFINITY) {
    this.#trace = trace;
    this.#clients = Math.max(1, trace.header?.clients.length ?? 1);
    const delivered = trace.table('message.delivered');
    for (let row = 0; row < delivered.length; row++) {
      if (delivered.get(row, DELIVERED.message) > lastMessage) continue;
      const key = this.#key(delivered.get(row, DELIVERED.message), delivered.get(row, DELIVERED.client));
      this.#latencies.set(key, delivered.get(row, DELIVERED.latencyUs));
      if (delivered.get(row, DELIVERED.outOfOrder) === 1) this.#outOfOrder.add(key);
    }
    const duplicated = trace.table('message.duplicated');
    for (let row = 0; row < duplicated.length; row++) {
      const key = this.#key(duplicated.get(row, DUPLICATED.message), duplicated.get(row, DUPLICATED.client));
      this.#duplicates.set(key, (this.#duplicates.get(key) ?? 0) + 1);
    }
    const ready = trace.table('client.ready');
    for (let row = 0; row < ready.length; row++) {
      this.#readyUs.set(ready.get(row, READY.client), ready.atUs(row));
    }
  }

  /** @param client -1: it is not in this run */
  of(update: { message: number; room: number; atUs: number } | null, client: number): Outcome {
    if (update === null || client < 0) return NONE;
    if (!this.#trace.header?.clients[client]?.rooms.includes(update.room)) return NONE;
    const readyUs = this.#readyUs.get(client) ?? Number.POSITIVE_INFINITY;
    if (update.message === 0) return readyUs <= update.atUs ? REFUSED : NONE;
    const key = this.#key(update.message, client);
    const latencyUs = this.#latencies.get(key);
    if (latencyUs !== undefined) {
      const duplicates = this.#duplicates.get(key) ?? 0;
      return { kind: 'delivered', latencyUs, duplicates, outOfOrder: this.#outOfOrder.has(key) };
    }
    return readyUs <= update.atUs ? LOST : NONE;
  }

  #key(message: number, client: number): number {
    return message * this.#clients + client;
  }
}
