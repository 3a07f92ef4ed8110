import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import { AppQueue } from '../client/app-queue.ts';
import type { Connection } from '../client/connection.ts';
import type { Delivery, Subscription } from '../client/subscription.ts';
import { OWN_LIMIT } from '../options.ts';
import { ackSubject, type Body, type ConsumerSpec, say } from './api.ts';
import type { Config } from './config.ts';
import { ACK, CREATE, DELETE, NEXT, ROOMS, SHARED } from './names.ts';
import { readerMachine } from './reader.machine.ts';
import type { Witness } from './witness.ts';

/** What readers do for the rest of the backplane. */
export interface ReaderHome {
  io: BackplaneIo;
  config: Config;
  witness: Witness;
  /** A server's application has a message of the stream. */
  hand(server: Place, message: number): void;
}

/** A server's reading of the stream: with an ordered consumer of its own, a durable one, or one that all share. */
export class Reader {
  readonly #home: ReaderHome;
  readonly #place: Place;
  readonly #connection: Connection;
  readonly #actor: Actor;
  readonly #queue: AppQueue<Delivery>;
  readonly #answers: string;
  #inbox: Subscription | null = null;
  #name = '';
  #generation = 0;
  #heard = true;
  /** Ordered: the delivery that comes next, and the last sequence of the stream that came. */
  #expected = 1;
  #last = 0;
  /** Pulling: messages that were asked for, and the application has not dealt with (`pending.msgCount`). */
  #outstanding = 0;
  /** Flow control is to be answered after so many messages more. */
  #flow: { delivery: Delivery; when: number } | null = null;
  readonly #startedUs: number;

  constructor(home: ReaderHome, place: Place, connection: Connection) {
    this.#home = home;
    this.#place = place;
    this.#connection = connection;
    this.#startedUs = place.clockUs;
    this.#answers = `_INBOX.${place.name}.api`;
    const { config, io } = home;
    const limits = { messages: config.connection.subPendingMsgs, bytes: config.connection.subPendingBytes };
    this.#queue = new AppQueue(place, io.receiveUs, limits, (delivery) => this.#process(delivery));
    connection.subscribe(`${this.#answers}.*`, '', ({ subject, payload }) =>
      this.#answered(subject, payload.body as Body),
    );
    const heartbeatUs = this.#pulls ? config.pullExpiresUs : config.heartbeatUs * 2;
    this.#actor = place.start<Reader>('reader', this, {
      apiTimeoutMs: config.publishTimeoutMs,
      activityMs: heartbeatUs / 1000,
    });
    this.#actor.send({ type: 'start' });
  }

  /** The process died with what it had in hand. */
  die(): void {
    for (const delivery of this.#queue.items)
      this.#thrownAway(delivery, 'the server crashed with it in hand');
  }

  get #pulls(): boolean {
    return this.#home.config.pattern !== 'ordered';
  }

  /** Asks for the consumer: an ordered one has a new inbox and begins behind what came last. */
  create(): void {
    this.#generation++;
    if (this.#inbox !== null) this.#connection.unsubscribe(this.#inbox);
    if (!this.#pulls && this.#name !== '')
      this.#connection.publish(`${DELETE}.${this.#name}`, '', say({ is: 'delete', name: this.#name }));
    const inbox = `_INBOX.${this.#place.name}.${this.#generation}`;
    this.#inbox = this.#connection.subscribe(inbox, '', (delivery) => this.#came(delivery));
    this.#expected = 1;
    const spec = this.#spec(inbox);
    this.#name = spec.name;
    this.#connection.publish(
      `${CREATE}.${spec.name}`,
      `${this.#answers}.${this.#generation}`,
      say({ is: 'create', spec }),
    );
  }

  /** Reads: by pulling, if nobody pushes. */
  begin(): void {
    if (!this.#pulls) return;
    this.#outstanding = 0;
    this.#pull();
  }

  checkActivity(): void {
    if (this.#heard || !this.#connection.ready) {
      this.#heard = false;
      return;
    }
    this.#actor.send({ type: this.#pulls ? 'again' : 'gap' });
  }

  /** There is a connection again: what was asked for on the last one does not count. */
  reconnected(): void {
    if (this.#pulls) this.#actor.send({ type: 'again' });
  }

  #spec(inbox: string): ConsumerSpec {
    const { config, io } = this.#home;
    const { pattern } = config;
    const ordered = pattern === 'ordered';
    const again = ordered && this.#last > 0;
    return {
      name: { ordered: `${this.#place.name}-${this.#generation}`, durable: this.#place.name, shared: SHARED }[
        pattern
      ],
      number: pattern === 'shared' ? io.servers.length : this.#place.index,
      durable: !ordered,
      deliver: ordered ? inbox : '',
      filter: ROOMS,
      ackPolicy: ordered ? 'none' : config.ackPolicy,
      deliverPolicy: again ? 'by_start_sequence' : config.deliverPolicy,
      startSeq: again ? this.#last + 1 : config.startSeq,
      startAtUs: this.#startedUs,
      replayPolicy: config.replayPolicy,
      ackWaitUs: config.ackWaitUs,
      backoffUs: config.backoffUs,
      maxDeliver: config.maxDeliver,
      maxAckPending: config.maxAckPending,
      heartbeatUs: ordered ? config.heartbeatUs : 0,
    };
  }

  #answered(subject: string, body: Body): void {
    if (subject !== `${this.#answers}.${this.#generation}`) return;
    if (body.is === 'created' || body.is === 'refused') this.#actor.send({ type: body.is });
  }

  #came(delivery: Delivery): void {
    const body = delivery.payload.body as Body;
    this.#heard = true;
    if (body.is === 'expired') this.#settled(body.left);
    else if (body.is === 'heartbeat') {
      if (body.deliveries !== this.#expected - 1) this.#actor.send({ type: 'gap' });
    } else if (body.is === 'delivered') {
      if (!this.#pulls && !this.#inOrder(body.seq, body.delivery)) return;
      if (this.#queue.push(delivery)) return;
      this.#thrownAway(delivery, OWN_LIMIT);
    } else if (body.is === 'flow') {
      this.#flow = { delivery, when: this.#queue.items.length };
      this.#answerFlow();
    }
  }

  /** A message will not be processed here: it is delivered again if it is to be acknowledged. */
  #thrownAway({ payload: { message } }: Delivery, reason: string): void {
    const { witness, config } = this.#home;
    if (this.#pulls && config.ackPolicy !== 'none') witness.cameToNothing(message, this.#place);
    else witness.missed(message, this.#place, this.#place, reason);
  }

  /** The answer comes when the application has had everything that came before (`checkForFlowControlResponse`). */
  #answerFlow(): void {
    if (this.#flow === null || this.#flow.when > 0) return;
    const { reply, payload } = this.#flow.delivery;
    this.#flow = null;
    this.#connection.publish(reply, '', { ...payload, headerBytes: 0 });
  }

  /** An ordered consumer counts its deliveries: one that is missing makes it begin anew (`checkOrderedMsgs`). */
  #inOrder(seq: number, delivery: number): boolean {
    if (delivery !== this.#expected) {
      this.#actor.send({ type: 'gap' });
      return false;
    }
    this.#expected++;
    this.#last = seq;
    return true;
  }

  /** So many will not come any more, or are done with: below half of what it may have in hand it asks for more. */
  #settled(messages: number): void {
    this.#outstanding = Math.max(this.#outstanding - messages, 0);
    if (this.#outstanding < this.#home.config.pullBatch / 2) this.#pull();
  }

  #pull(): void {
    const { pullBatch, pullExpiresUs } = this.#home.config;
    const batch = pullBatch - this.#outstanding;
    if (batch <= 0 || this.#inbox === null) return;
    this.#outstanding += batch;
    const request = { batch, expiresUs: pullExpiresUs };
    this.#connection.publish(
      `${NEXT}.${this.#name}`,
      this.#inbox.subject,
      say({ is: 'next', name: this.#name, request }),
    );
  }

  /** The application is done with it, and says so. */
  #process({ payload }: Delivery): void {
    const body = payload.body as Extract<Body, { is: 'delivered' }>;
    this.#home.hand(this.#place, payload.message);
    if (this.#flow !== null) this.#flow.when--;
    this.#answerFlow();
    if (!this.#pulls) return;
    this.#acknowledge(body);
    this.#settled(1);
  }

  #acknowledge(body: Extract<Body, { is: 'delivered' }>): void {
    if (this.#home.config.ackPolicy === 'none') return;
    const { seq, delivery, times } = body;
    this.#connection.publish(
      ackSubject(ACK, this.#name, seq, delivery, times),
      '',
      say({ is: 'ack', name: this.#name, seq, delivery }),
    );
  }
}

export const READER_ROLE: Role = {
  machine: readerMachine,
  effects: {
    create: (reader: Reader) => reader.create(),
    begin: (reader: Reader) => reader.begin(),
    checkActivity: (reader: Reader) => reader.checkActivity(),
  },
};
