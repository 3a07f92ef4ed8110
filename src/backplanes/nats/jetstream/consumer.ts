import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Actor, Place, Role } from '../../../engine/contract/place.ts';
import type { Payload } from '../protocol.ts';
import type { NatsServer } from '../server/server.ts';
import { matches } from '../subjects.ts';
import { ackSubject, type ConsumerSpec, idHeaderBytes, type PullRequest, say } from './api.ts';
import type { Config } from './config.ts';
import { acksMachine, consumerMachine } from './consumer.machine.ts';
import { Flow } from './flow.ts';
import { ACK } from './names.ts';
import type { Pending } from './pending.ts';
import { Requests } from './requests.ts';
import type { Entry, Stream } from './stream.ts';
import type { Witness } from './witness.ts';

/** JetStream, as far as its consumers need it. */
export interface ConsumerHome {
  readonly io: BackplaneIo;
  readonly place: Place;
  readonly config: Config;
  readonly server: NatsServer;
  readonly witness: Witness;
  readonly stream: Stream;
  /** A consumer needs a message no more. */
  acknowledged(seq: number): void;
  /** A consumer has delivered a message as often as it may. */
  gaveUp(consumer: Consumer, seq: number): void;
  remove(name: string): void;
}

/** What of a consumer is on the disk. */
export interface ConsumerState {
  spec: ConsumerSpec;
  /** The next sequence of the stream that it will deliver for the first time. */
  next: number;
  /** Deliveries so far. */
  deliveries: number;
  pending: Pending;
}

/** A consumer at work: it delivers messages of the stream in order, and again what is not acknowledged in time. */
export class Consumer {
  readonly state: ConsumerState;
  readonly #js: ConsumerHome;
  readonly #actor: Actor;
  readonly #acks: Actor;
  readonly #requests: Requests;
  #active = false;
  #busy = false;
  #gone = false;
  readonly #flow = new Flow();
  /** With `replay_policy: original`: it keeps the pace until it has nothing to deliver behind what was there at first. */
  #replaying: boolean;
  readonly #thereAtFirst: number;
  /** When the message that it delivered last was stored. */
  #storedUs = -1;

  constructor(js: ConsumerHome, state: ConsumerState) {
    this.#js = js;
    this.#requests = new Requests(js.place, (reply, left) => this.#expired(reply, left));
    this.state = state;
    const { spec } = state;
    this.#replaying = spec.replayPolicy === 'original';
    this.#thereAtFirst = js.stream.last;
    const times = {
      heartbeatMs: spec.heartbeatUs > 0 ? spec.heartbeatUs / 1000 : Number.POSITIVE_INFINITY,
      inactiveMs: js.config.inactiveUs / 1000,
    };
    this.#actor = js.place.start<Consumer>('consumer', this, times);
    this.#acks = js.place.start<Consumer>('acks', this);
    this.#actor.send({ type: 'start', durable: this.#durable });
    this.interestChanged();
    if (state.pending.size > 0) this.check();
  }

  get name(): string {
    return this.state.spec.name;
  }

  /** What is pulled from here is durable in all patterns. */
  get #durable(): 0 | 1 {
    const { durable, deliver } = this.state.spec;
    return durable || deliver === '' ? 1 : 0;
  }

  /** Whether it wants messages that it has not delivered yet acknowledged, or those that it has. */
  needs(entry: Entry): boolean {
    const { spec, next, pending } = this.state;
    return matches(spec.filter, entry.subject) && (entry.seq >= next || pending.has(entry.seq));
  }

  interestChanged(): void {
    const { deliver } = this.state.spec;
    const active = deliver === '' ? this.#requests.any : this.#js.server.hasInterest(deliver);
    if (active === this.#active) return;
    this.#active = active;
    this.#actor.send(active ? { type: 'interest' } : { type: 'no interest', durable: this.#durable });
  }

  request(reply: string, request: PullRequest): void {
    this.#requests.add(reply, request);
    this.interestChanged();
    this.pump();
  }

  /** Delivers what there is to deliver, one message after the other. */
  pump(): void {
    if (this.#busy || this.#gone) return;
    const entry = this.#mayDeliver() ? this.#js.stream.get(this.#choose()) : undefined;
    if (entry === undefined) {
      // Only who waits has caught up (loopAndGatherMsgs, waitForMsgs): who is late stays so while messages come.
      if (this.state.next > this.#thereAtFirst) this.#replaying = false;
      return;
    }
    this.#busy = true;
    const go = () =>
      this.#js.place.work(this.#js.config.server.perDeliveryUs, 'delivery', () => {
        this.#busy = false;
        if (this.#gone) return;
        this.#deliver(entry);
        this.pump();
      });
    const waitUs = this.#replayWaitUs(entry);
    if (waitUs > 0) this.#js.place.later(waitUs, go);
    else go();
  }

  /** @returns the sequences that need no acknowledgement any more */
  ack(seq: number): number[] {
    const wasFull = this.state.pending.isFull;
    const acked = this.state.pending.ack(seq);
    if (acked.length === 0) return acked;
    this.#committed();
    if (this.state.pending.size === 0) this.#acks.send({ type: 'settled' });
    if (wasFull) this.pump();
    return acked;
  }

  /** The stream has not got it any more. */
  trimmed(seq: number): void {
    if (this.state.pending.forget(seq)) this.#committed();
  }

  /** The client has come so far. */
  flowed(bytes: number): void {
    if (this.#flow.answered(bytes)) this.pump();
  }

  heartbeat(): void {
    const { deliver } = this.state.spec;
    this.#js.server.deliver(deliver, '', say({ is: 'heartbeat', deliveries: this.state.deliveries }));
  }

  /** Looks for what was not acknowledged in time. */
  check(): void {
    const { pending } = this.state;
    const nextUs = pending.check(this.#js.place.clockUs);
    for (const seq of pending.exceeded.splice(0)) this.#js.gaveUp(this, seq);
    this.pump();
    if (pending.size === 0) this.#acks.send({ type: 'settled' });
    else this.#plan(Math.min(nextUs, this.state.spec.ackWaitUs));
  }

  remove(): void {
    this.#js.remove(this.name);
  }

  stop(): void {
    this.#gone = true;
    this.#actor.stop();
    this.#acks.stop();
    this.#requests.stop();
  }

  #mayDeliver(): boolean {
    if (this.state.spec.deliver !== '') return this.#active && this.#flow.open;
    this.#requests.skip((reply) => this.#js.server.hasInterest(reply));
    this.interestChanged();
    return this.#requests.any;
  }

  /** What is to be delivered again comes first, then the next one (`getNextMsg`). @returns 0: nothing */
  #choose(): number {
    const { pending, spec } = this.state;
    for (let seq = pending.takeAgain(); seq > 0; seq = pending.takeAgain()) {
      if (this.#js.stream.get(seq) !== undefined) return seq;
      this.trimmed(seq);
    }
    if (spec.ackPolicy !== 'none' && pending.isFull) return 0;
    for (let seq = Math.max(this.state.next, this.#js.stream.first); seq <= this.#js.stream.last; seq++) {
      const entry = this.#js.stream.get(seq);
      if (entry !== undefined && matches(spec.filter, entry.subject)) return seq;
      // What was deleted, or is not asked for, is passed by.
      this.state.next = seq + 1;
    }
    return 0;
  }

  #replayWaitUs({ atUs }: Entry): number {
    const before = this.#storedUs;
    this.#storedUs = atUs;
    return this.#replaying && before >= 0 && atUs - before > 1_000 ? atUs - before : 0;
  }

  #deliver(entry: Entry): void {
    const { state } = this;
    const { spec } = state;
    const { seq } = entry;
    if (!this.#mayDeliver()) {
      // It was taken from the line, and nobody is there now.
      if (seq < state.next) state.pending.putBack(seq);
      return;
    }
    const fresh = seq >= state.next;
    state.next = Math.max(state.next, seq + 1);
    const delivery = ++state.deliveries;
    const acked = spec.ackPolicy === 'none';
    const times = acked ? 1 : state.pending.deliver(seq, delivery, this.#js.place.clockUs);
    if (!fresh) this.#js.io.counts.redelivered++;
    if (!acked && state.pending.size === 1) this.#plan(spec.ackWaitUs);
    this.#js.witness.delivering(spec.number, entry.message);
    const body = { is: 'delivered', seq, delivery, times, left: this.#js.stream.last - seq } as const;
    const headerBytes = idHeaderBytes(entry.id);
    const payload: Payload = {
      message: entry.message,
      bytes: entry.bytes - headerBytes,
      headerBytes,
      what: '',
      body,
    };
    this.#js.server.deliver(
      this.#target(),
      ackSubject(ACK, spec.name, seq, delivery, times),
      payload,
      entry.subject,
    );
    this.#ask(entry.bytes);
    this.#js.witness.cursor(this.#js.place, spec.number, state.next, false);
    if (acked) {
      this.#committed();
      this.#js.acknowledged(seq);
    }
  }

  /** Flow control, where there is any: a replay for one client has none. */
  #ask(bytes: number): void {
    const { name, deliver, number } = this.state.spec;
    const asked = deliver === '' || number < 0 ? 0 : this.#flow.sent(bytes);
    if (asked > 0)
      this.#js.server.deliver(deliver, `$JS.FC.${name}`, say({ is: 'flow', name, bytes: asked }));
  }

  #target(): string {
    return this.state.spec.deliver === '' ? this.#requests.take() : this.state.spec.deliver;
  }

  #expired(reply: string, left: number): void {
    this.#js.server.deliver(reply, '', say({ is: 'expired', left }));
    this.interestChanged();
  }

  #plan(nextUs: number): void {
    this.#acks.send({ type: 'pending', nextMs: Math.max(1, nextUs / 1000) });
  }

  #committed(): void {
    const { spec, pending, next } = this.state;
    this.#js.witness.cursor(this.#js.place, spec.number, pending.floorBelow(next) + 1, true);
  }
}

export const CONSUMER_ROLE: Role = {
  machine: consumerMachine,
  effects: {
    deliver: (consumer: Consumer) => consumer.pump(),
    heartbeat: (consumer: Consumer) => consumer.heartbeat(),
    remove: (consumer: Consumer) => consumer.remove(),
  },
};

export const ACKS_ROLE: Role = {
  machine: acksMachine,
  effects: { check: (consumer: Consumer) => consumer.check() },
};
