import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role, Wire } from '../../../engine/contract/place.ts';
import { answerAt } from '../answering.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import { Link, TO_BROKER, TO_METADATA } from '../link.ts';
import type { Answer, Request } from '../protocol.ts';
import { sessionMachine } from './session.machine.ts';
import { Storage } from './storage.ts';
import { Topic, type TopicHome } from './topic.ts';

/** What the processes of a cluster have in common. */
export interface Cluster {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly bookies: readonly Place[];
  readonly metadata: Place;
  readonly subscriptions: number;
  newLedger(partition: number): number;
  /** For the books: a ledger is closed. */
  ledgerClosed(ledger: number, last: number): void;
}

/** A broker: it keeps nothing that the bookies and the metadata store do not have. */
export class Broker implements TopicHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  readonly storage: Storage;
  readonly metadata: Link;
  readonly broker: number;
  readonly incarnation: number;
  readonly subscriptions: number;
  readonly #cluster: Cluster;
  readonly #session: Actor;
  readonly #topics = new Map<number, Topic>();

  constructor(cluster: Cluster, place: Place, incarnation: number) {
    this.#cluster = cluster;
    this.io = cluster.io;
    this.config = cluster.config;
    this.books = cluster.books;
    this.place = place;
    this.broker = place.index;
    this.incarnation = incarnation;
    this.subscriptions = cluster.subscriptions;
    this.storage = new Storage(this.io, place, cluster.bookies, this.books);
    this.metadata = new Link(place, cluster.metadata, TO_METADATA);
    answerAt(place, TO_BROKER, {
      costUs: this.config.brokerUs,
      handle: (request, answer, wire) => this.#handle(request, answer, wire),
      gone: (wire) => {
        for (const topic of this.#topics.values()) topic.gone(wire);
      },
    });
    this.#session = place.start<Broker>('session', this, { sessionMs: this.config.sessionMs });
    this.#session.send({ type: 'start' });
  }

  newLedger(partition: number): number {
    return this.#cluster.newLedger(partition);
  }

  ledgerClosed(ledger: number, last: number): void {
    this.#cluster.ledgerClosed(ledger, last);
  }

  closed(topic: Topic): void {
    if (this.#topics.get(topic.partition) === topic) this.#topics.delete(topic.partition);
  }

  /** The process died with what it had in memory. */
  stopped(): void {
    for (const topic of this.#topics.values())
      topic.forget('the broker crashed before enough bookies had it');
  }

  register(): void {
    const { broker, incarnation } = this;
    this.metadata.ask({ ask: 'register', broker, incarnation }, (answer) => this.#kept(answer));
  }

  ping(): void {
    const { broker, incarnation } = this;
    this.metadata.ask({ ask: 'keep-session', broker, incarnation }, (answer) => {
      // The session is over: its topics may be another's by now.
      if (answer?.ok === false) for (const topic of [...this.#topics.values()]) topic.close();
      this.#kept(answer);
    });
  }

  #kept(answer: Answer | null): void {
    this.#session.send({ type: answer?.ok === true ? 'kept' : 'failed' });
  }

  #handle(request: Request, answer: (answer: Answer) => void, wire: Wire): void {
    switch (request.ask) {
      case 'lookup':
        this.metadata.ask({ ask: 'owner', partition: request.partition }, (found) =>
          answer(found ?? { ok: false }),
        );
        return;
      case 'producer':
        this.#topic(request.partition).whenOpen((ok) => {
          if (ok) this.#topics.get(request.partition)?.attach(wire);
          answer({ ok });
        });
        return;
      case 'subscribe':
        this.#topic(request.partition).whenOpen((ok) => {
          const topic = this.#topics.get(request.partition);
          if (ok) {
            topic?.attach(wire);
            topic?.subscription(request.subscription)?.join(wire, request.server);
          }
          answer({ ok });
        });
        return;
      case 'send': {
        const topic = this.#topics.get(request.partition);
        if (topic !== undefined) topic.send(request.batch, (ok) => answer({ ok }));
        else {
          this.books.remove(request.batch.messages, this.place, 'the broker does not own the topic');
          answer({ ok: false });
        }
        return;
      }
      case 'reader':
        this.#topic(request.partition).whenOpen((ok) => {
          const topic = this.#topics.get(request.partition);
          if (ok) {
            topic?.attach(wire);
            topic?.readers.open(wire, request.subscription, request.from);
          }
          answer({ ok });
        });
        return;
      case 'last-id': {
        const end = this.#topics.get(request.partition)?.readers.end;
        answer(end === undefined ? { ok: false } : { ok: true, end });
        return;
      }
      case 'close-reader':
        this.#topics.get(request.partition)?.readers.close(request.subscription);
        return;
      case 'flow':
      case 'ack':
      case 'redeliver': {
        const subscription = this.#topics.get(request.partition)?.subscription(request.subscription);
        const { readers } = this.#topics.get(request.partition) ?? {};
        if (request.ask === 'flow' && subscription === undefined)
          readers?.flow(request.subscription, request.permits);
        else if (request.ask === 'flow') subscription?.flow(wire, request.permits);
        else if (request.ask === 'ack') subscription?.acknowledge(request.offsets, request.cumulative);
        else subscription?.redeliver(wire, request.offsets);
        return;
      }
      default:
        answer({ ok: false });
    }
  }

  #topic(partition: number): Topic {
    const known = this.#topics.get(partition);
    if (known !== undefined) return known;
    const topic = new Topic(this, partition);
    this.#topics.set(partition, topic);
    return topic;
  }
}

export const SESSION_ROLE: Role = {
  machine: sessionMachine,
  effects: { register: (broker: Broker) => broker.register(), ping: (broker: Broker) => broker.ping() },
};
