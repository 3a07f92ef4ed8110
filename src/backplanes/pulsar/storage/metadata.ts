import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import { answerAt } from '../answering.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import { TO_METADATA } from '../link.ts';
import type { Answer, LedgerInfo, Request } from '../protocol.ts';

/** What the metadata store keeps through a crash. */
export interface MetadataState {
  owners: (number | null)[];
  topics: { version: number; ledgers: readonly LedgerInfo[] }[];
  /** Sessions by broker; -1: it has none. */
  sessions: number[];
}

/** All brokers are there, and topics are spread over them. */
export const firstMetadata = ({ brokers, partitions }: Config): MetadataState => ({
  owners: Array.from({ length: partitions }, (_, partition) => partition % brokers),
  topics: Array.from({ length: partitions }, () => ({ version: 0, ledgers: [] })),
  sessions: Array.from({ length: brokers }, () => 0),
});

/** An estimate: Raft or ZAB among its own nodes is left out. */
const COST_US = 50;

/** The metadata store (ZooKeeper): sessions of brokers, who owns which topic, and which ledgers a topic has. */
export class Metadata {
  readonly #io: BackplaneIo;
  readonly #config: Config;
  readonly #books: Books;
  readonly #place: Place;
  readonly #state: MetadataState;
  readonly #ends = new Map<number, () => void>();

  constructor(io: BackplaneIo, config: Config, books: Books, place: Place, state: MetadataState) {
    this.#io = io;
    this.#config = config;
    this.#books = books;
    this.#place = place;
    this.#state = state;
    // A server that was away cannot know who was there meanwhile: sessions begin anew.
    state.sessions.forEach((incarnation, broker) => {
      if (incarnation >= 0) this.#renew(broker);
    });
    answerAt(place, TO_METADATA, {
      costUs: COST_US,
      handle: (request, answer) => answer(this.#answer(request)),
    });
  }

  #answer(request: Request): Answer {
    const { owners, topics, sessions } = this.#state;
    switch (request.ask) {
      case 'register':
        sessions[request.broker] = request.incarnation;
        this.#renew(request.broker);
        this.#books.member('brokers', this.#io.nodes[request.broker] as Place, 'registered');
        return { ok: true };
      case 'keep-session':
        if (sessions[request.broker] !== request.incarnation) return { ok: false };
        this.#renew(request.broker);
        return { ok: true };
      case 'owner':
        return this.#ownerOf(request.partition);
      case 'load': {
        const { version, ledgers } = topics[request.partition] as MetadataState['topics'][number];
        const ok =
          owners[request.partition] === request.broker && sessions[request.broker] === request.incarnation;
        return { ok, version, ledgers };
      }
      case 'update': {
        const topic = topics[request.partition] as MetadataState['topics'][number];
        if (topic.version !== request.version) return { ok: false };
        topic.version++;
        topic.ledgers = request.ledgers;
        return { ok: true, version: topic.version };
      }
      default:
        return { ok: false };
    }
  }

  /** A topic without an owner goes to the broker that has the fewest: the load manager's decision. */
  #ownerOf(partition: number): Answer {
    const { owners, sessions } = this.#state;
    const known = owners[partition] ?? null;
    if (known !== null) return { ok: true, broker: known };
    const load = (broker: number) => owners.filter((owner) => owner === broker).length;
    const live = sessions.flatMap((incarnation, broker) => (incarnation >= 0 ? [broker] : []));
    const least = live.sort((a, b) => load(a) - load(b) || a - b)[0];
    if (least === undefined) return { ok: false };
    owners[partition] = least;
    this.#books.owner(partition, this.#io.nodes[least] as Place);
    return { ok: true, broker: least };
  }

  #renew(broker: number): void {
    this.#ends.get(broker)?.();
    const { sessionMs } = this.#config;
    this.#ends.set(
      broker,
      this.#place.later(sessionMs * 1000, () => this.#expire(broker)),
    );
  }

  #expire(broker: number): void {
    const { owners, sessions } = this.#state;
    sessions[broker] = -1;
    this.#books.member('brokers', this.#io.nodes[broker] as Place, 'session expired');
    owners.forEach((owner, partition) => {
      if (owner !== broker) return;
      owners[partition] = null;
      this.#books.owner(partition, null);
    });
  }
}
