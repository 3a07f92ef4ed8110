import { KIND } from '../../trace/trace.ts';
import type { HttpClient } from '../contract/http.ts';
import type { GroupPlan } from '../contract/plan.ts';
import type { RandomStream, Sim } from '../contract/sim.ts';
import type { Update } from '../contract/snapshot.ts';
import type { CloseReason } from '../contract/stream.ts';
import type { ClientIo, PlainEvent, TransportPlugin } from '../contract/transport.ts';
import { channelsOf } from '../header.ts';
import type { Ledger } from '../ledger.ts';
import { compileMachine } from '../machine/compile.ts';
import { Population } from '../machine/population.ts';
import type { Writes } from './writes.ts';

/** One connection's worth of a client: its machine and what the machine's effects work with. */
class Channel implements ClientIo {
  readonly client: number;
  readonly rooms: number[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly memory: Record<string, unknown> = {};
  readonly host: ClientHost;
  instance = -1;
  actor = -1;

  constructor(host: ClientHost, rooms: number[]) {
    this.host = host;
    this.client = host.client;
    this.options = host.group.transport;
    this.rooms = rooms;
  }

  get http(): HttpClient {
    return this.host.http;
  }

  send(event: PlainEvent): void {
    this.host.crowd.population.send(this.instance, event);
  }

  ready(): void {
    this.host.ledger.ready(this.client, this.host.sim.kernel.nowUs);
  }

  deliver(updates: readonly Update[]): void {
    const { sim, ledger } = this.host;
    for (const update of updates)
      if (typeof update === 'number') ledger.deliver(this.client, update, sim.kernel.nowUs);
      else ledger.apply(this.client, update, sim.kernel.nowUs);
  }

  writesEnd(reason: CloseReason): void {
    this.host.writes?.over(this.client, reason);
  }

  emptyResponse(): void {
    this.host.emptyResponses++;
  }

  random(): number {
    return this.host.luck.uniform();
  }
}

/** What all clients share. */
export interface ClientHome {
  readonly ledger: Ledger;
  /** null: nobody writes anything. */
  readonly writes: Writes | null;
  /** Numbers a machine for the record. */
  newActor(): number;
}

/** All clients of one transport: they share one compiled machine. */
export interface Crowd {
  plugin: TransportPlugin;
  population: Population;
  channels: Channel[];
}

/** One client: its application, which speaks its transport over one channel, or over one for each room. */
export class ClientHost {
  readonly client: number;
  readonly name: string;
  readonly group: GroupPlan;
  readonly groupNumber: number;
  readonly rooms: readonly number[];
  readonly sim: Sim;
  readonly crowd: Crowd;
  readonly ledger: Ledger;
  readonly writes: Writes | null;
  readonly channels: Channel[];
  readonly luck: RandomStream;
  asleep = false;
  emptyResponses = 0;
  #http: HttpClient | null = null;

  /** @param rooms numbers of the rooms it watches */
  constructor(
    sim: Sim,
    client: number,
    name: string,
    group: GroupPlan,
    groupNumber: number,
    rooms: number[],
    crowd: Crowd,
    home: ClientHome,
  ) {
    this.sim = sim;
    this.client = client;
    this.name = name;
    this.group = group;
    this.groupNumber = groupNumber;
    this.rooms = rooms;
    this.crowd = crowd;
    this.ledger = home.ledger;
    this.writes = home.writes;
    this.luck = sim.random(`client/${name}/retry`);
    this.channels = channelsOf(group, crowd.plugin.manifest, rooms).map(
      (watched) => new Channel(this, watched),
    );
    for (const channel of this.channels) {
      channel.actor = home.newActor();
      channel.instance = crowd.population.add(crowd.plugin.client.context(group.transport, group.reconnect));
      crowd.channels[channel.instance] = channel;
    }
  }

  get http(): HttpClient {
    return this.#http as HttpClient;
  }

  /** The client wishes to connect. */
  start(http: HttpClient): void {
    this.#http = http;
    this.ledger.wish(this.client, this.sim.kernel.nowUs);
    this.tell('start');
  }

  /** Whether the application can write a message now: it is awake, and has what its transport writes on. */
  get canWrite(): boolean {
    if (this.#http === null || this.asleep) return false;
    const { write } = this.crowd.plugin.client;
    return write === undefined || write.canWrite(this.channels[0] as Channel);
  }

  /** Writes a message: on the transport's own connection, or by a POST. */
  write(message: number, bytes: number): void {
    const { write } = this.crowd.plugin.client;
    if (write === undefined) this.writes?.post(this.http, this.client, message, bytes);
    else {
      this.writes?.write(this.client, message);
      write.write(this.channels[0] as Channel, message, bytes);
    }
  }

  /** Sends an event to all of the client's machines. */
  tell(type: string): void {
    for (const channel of this.channels) channel.send({ type, random: this.luck.uniform() });
  }

  /** Timers and scripts stop, or go on: what came meanwhile is handled then, at once and in order. */
  sleep(asleep: boolean): void {
    this.asleep = asleep;
    if (asleep) return;
    for (const channel of this.channels) this.crowd.population.resume(channel.instance);
  }
}

/** Makes room for the clients of one transport. */
export function createCrowd(sim: Sim, plugin: TransportPlugin): Crowd {
  const { trace, kernel } = sim;
  const { effects } = plugin.client;
  const channels: Channel[] = [];
  const timerText = (timer: number) => trace.text(population.timerName(timer));
  const population: Population = new Population(compileMachine(plugin.client.machine), kernel, {
    effect: (instance, name, params, event) =>
      (effects[name] as (typeof effects)[string])(channels[instance] as Channel, params, event),
    moved: (instance, from, to, event) => {
      const { actor } = channels[instance] as Channel;
      trace.add(
        KIND['machine.moved'],
        kernel.nowUs,
        actor,
        trace.text(from),
        trace.text(to),
        trace.text(event),
      );
    },
    held: (instance) => channels[instance]?.host.asleep ?? false,
    due: (_, mark) => {
      trace.cause = mark;
    },
    timed: (instance, timer, delayUs) => {
      const actor = channels[instance]?.actor ?? -1;
      if (delayUs < 0) return trace.add(KIND['timer.stopped'], kernel.nowUs, actor, timerText(timer));
      return trace.add(KIND['timer.started'], kernel.nowUs, actor, timerText(timer), delayUs);
    },
  });
  return { plugin, population, channels };
}
