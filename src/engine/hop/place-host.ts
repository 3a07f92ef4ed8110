import type { RandomStream } from '../../kernel/random.ts';
import type { PeerNetwork } from '../contract/network.ts';
import type { Actor, Place, Wire, WireOptions, WireOwner } from '../contract/place.ts';
import type { Sim } from '../contract/sim.ts';
import type { Cpu } from '../server/cpu.ts';
import type { Roles } from './roles.ts';
import { WireEnd } from './wire-end.ts';

/** What all places share. */
export interface Neighbourhood {
  readonly sim: Sim;
  readonly places: readonly PlaceHost[];
  readonly network: PeerNetwork;
  readonly roles: Roles;
  /** The near ends of connections that are not accepted yet, by connection. */
  readonly dialling: Map<number, WireEnd>;
}

interface Timer {
  then: () => void;
  live: boolean;
}

/** A process in the datacenter: its connections, timers, machines and work, which die with it. */
export class PlaceHost implements Place {
  readonly number: number;
  readonly name: string;
  readonly kind: Place['kind'];
  readonly index: number;
  readonly wires = new Set<WireEnd>();
  readonly actors = new Set<Actor>();
  up = true;
  paused = false;
  skewUs = 0;
  readonly #around: Neighbourhood;
  readonly cpu: Cpu;
  readonly #task: number;
  /** Work in the CPU's queue, oldest first, from #head on; and what it is, for the record. */
  #waiting: { what: string; then: () => void }[] = [];
  #head = 0;
  #timers = new Set<Timer>();
  /** Timers that ran out while the process stood still. */
  #late: Timer[] = [];
  readonly #luck = new Map<string, RandomStream>();

  constructor(around: Neighbourhood, spec: Pick<Place, 'number' | 'name' | 'kind' | 'index'>, cpu: Cpu) {
    this.#around = around;
    this.number = spec.number;
    this.name = spec.name;
    this.kind = spec.kind;
    this.index = spec.index;
    this.cpu = cpu;
    this.#task = cpu.task(() => this.#next()());
  }

  get clockUs(): number {
    return this.#around.sim.kernel.nowUs + this.skewUs;
  }

  work(costUs: number, what: string, then: () => void): void {
    if (!this.up) return;
    this.#waiting.push({ what, then });
    this.cpu.run(Math.round(costUs), this.#task);
  }

  later(delayUs: number, then: () => void): () => void {
    const timer: Timer = { then, live: true };
    this.#timers.add(timer);
    this.#around.sim.later(Math.max(0, Math.round(delayUs)), () => {
      if (!timer.live) return;
      if (this.paused) this.#late.push(timer);
      else this.#fire(timer);
    });
    return () => {
      timer.live = false;
      this.#timers.delete(timer);
    };
  }

  random(purpose: string): RandomStream {
    const stream = this.#luck.get(purpose) ?? this.#around.sim.random(`place/${this.name}/${purpose}`);
    this.#luck.set(purpose, stream);
    return stream;
  }

  listen(accept: (wire: Wire) => WireOwner): void {
    const { sim, network, places, dialling } = this.#around;
    network.listen(this.number, (stream, from) => {
      const wire = new WireEnd(sim, this, places[from] as PlaceHost, 1, accept, stream);
      const twin = dialling.get(stream.connection) as WireEnd;
      dialling.delete(stream.connection);
      wire.twin = twin;
      twin.twin = wire;
      wire.readOn();
      return wire;
    });
  }

  connect(to: Place, what: string, owner: WireOwner, options: WireOptions = {}): Wire {
    const { sim, network, places, dialling } = this.#around;
    const wire = new WireEnd(sim, this, places[to.number] as PlaceHost, 0, owner);
    wire.stream = network.connect(this.number, to.number, what, wire, options.keepAlive);
    dialling.set(wire.connection, wire);
    return wire;
  }

  start<Owner>(role: string, owner: Owner, context: Record<string, number> = {}, connection = 0): Actor {
    return this.#around.roles.start(this, role, owner, context, connection);
  }

  /** The process dies. */
  crash(): void {
    this.up = false;
    for (const wire of [...this.wires]) wire.forget();
    for (const actor of [...this.actors]) actor.stop();
    for (const timer of this.#timers) timer.live = false;
    this.#timers.clear();
    this.#late = [];
    this.#waiting = [];
    this.#head = 0;
    this.cpu.clear();
    this.#around.network.kill(this.number);
  }

  /** A new process; one that is started while the machine stands still stands still too. */
  restart(): void {
    this.up = true;
    this.#around.network.revive(this.number);
    this.cpu.pause(this.paused);
  }

  /** Stops or goes on, as by SIGSTOP and SIGCONT: its kernel's TCP goes on all the same. */
  pause(paused: boolean): void {
    this.paused = paused;
    this.cpu.pause(paused);
    for (const wire of this.wires) wire.readOn();
    if (paused) return;
    for (const timer of this.#late.splice(0)) if (timer.live) this.#fire(timer);
    this.#around.roles.resume(this);
  }

  /** What the CPU has just been at work on. */
  get atWorkOn(): string {
    return this.#waiting[this.#head]?.what ?? '';
  }

  #next(): () => void {
    const { then } = this.#waiting[this.#head] as { then: () => void };
    this.#head++;
    if (this.#head === this.#waiting.length) {
      this.#waiting = [];
      this.#head = 0;
    } else if (this.#head > 1024) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return then;
  }

  #fire(timer: Timer): void {
    timer.live = false;
    this.#timers.delete(timer);
    timer.then();
  }
}
