import type { ServerFacts } from '../contract/facts.ts';
import type { HttpListener, ServerExchange } from '../contract/http.ts';
import type { Plan } from '../contract/plan.ts';
import type { Sim } from '../contract/sim.ts';
import type { TransportPlugin } from '../contract/transport.ts';
import type { Messages } from '../messages.ts';
import type { Topics } from '../topics.ts';
import { Arrivals } from './arrivals.ts';
import { clientsOf, endPolitely } from './away.ts';
import { costsOf, noFacts, type Work } from './costs.ts';
import { Cpu } from './cpu.ts';
import type { Door } from './door.ts';
import { Errands } from './errands.ts';
import type { ServerHome } from './home.ts';
import { Pushing } from './pushing.ts';
import { askForReplay } from './replaying.ts';
import { RoomLog } from './room-log.ts';
import { createServing, recordSession } from './serving.ts';
import { type Serving, Session, type SessionHome } from './session.ts';
import type { Snapshots } from './snapshots.ts';
import type { Threads } from './threads.ts';
import { Watched } from './watched.ts';
import { recordWork } from './work-record.ts';
import { Writing } from './writing.ts';

/** The application on one server: rooms with their replay buffers, sessions of all transports, one CPU. */
export class AppServer implements HttpListener, SessionHome {
  readonly name: string;
  readonly messages: Messages;
  readonly topics: Topics;
  readonly batches: boolean;
  readonly facts: ServerFacts;
  up = true;
  paused = false;
  /** How often it was started again. */
  epoch = 0;
  readonly arrivals = new Arrivals();
  readonly cpu: Cpu;
  readonly #sim: Sim;
  readonly #plan: Plan;
  readonly #number: number;
  readonly #logs: RoomLog[];
  readonly #subscribers: Set<Session>[];
  readonly #servings = new Map<string, Serving>();
  /** By a number that is never used again, so that work which waited for the CPU cannot meet another session. */
  readonly #sessions = new Map<number, Session>();
  #sessionNumbers = 0;
  readonly #newActor: () => number;
  readonly #home: ServerHome;
  /** null: there is nothing to subscribe to. */
  readonly #watched: Watched | null;
  /** null: no client wants any. */
  readonly #snapshots: Snapshots | null;
  /** null: one thread serves all, as they come. */
  readonly #threads: Threads | null;
  readonly #writing: Writing;
  readonly #requestDone: number;
  readonly #pushing: Pushing;
  readonly #stack: Errands;
  readonly #answers: Errands;
  /** null: no load balancer brings anything. */
  readonly #door: Door | null;
  readonly #costUs: Record<Work, number>;
  /** What kinds of work are called in the record, by the CPU's task; others are the backplane's. */
  readonly #workWords: string[] = [];

  /** @param newActor numbers a machine for the record */
  constructor(
    sim: Sim,
    plan: Plan,
    number: number,
    topics: Topics,
    messages: Messages,
    newActor: () => number,
    home: ServerHome,
  ) {
    this.#sim = sim;
    this.#plan = plan;
    this.#number = number;
    this.name = `server-${number + 1}`;
    this.messages = messages;
    this.topics = topics;
    this.batches = plan.servers.batchMs > 0;
    this.#newActor = newActor;
    this.#home = home;
    const { watched } = home;
    const leaveAfterUs = Math.round(plan.servers.leaveRoomAfterMs * 1000);
    const tell = (room: number, isWatched: boolean) => {
      this.#snapshots?.watch(room, isWatched);
      watched?.(room, isWatched);
    };
    this.#watched = watched === null ? null : new Watched(sim, topics.names.length, leaveAfterUs, tell);
    this.#logs = topics.names.map(() => new RoomLog(plan.servers.replayBuffer.messages));
    this.#subscribers = topics.names.map(() => new Set());
    this.cpu = new Cpu(sim.kernel, sim.trace, recordWork(sim, number, this.#workWords));
    this.#costUs = costsOf(plan.servers);
    this.facts = noFacts(this.name);
    this.#snapshots = home.createSnapshots({ sim, plan, number, messages, topics, home, facts: this.facts });
    this.#requestDone = this.cpu.task((number, messages) => this.#worked(number, messages));
    const { cpu, arrivals, facts } = this;
    this.#threads = home.createThreads({ sim, plan, server: number, facts, serve: this.#serve.bind(this) });
    const sending = { sim, cpu, messages, topics, arrivals, facts, sessions: this.#sessions };
    this.#pushing = new Pushing(sending, this.#costUs.message, Math.round(plan.servers.batchMs * 1000));
    this.#writing = new Writing(this.cpu, home);
    this.#stack = new Errands(this.cpu);
    this.#answers = new Errands(this.cpu);
    this.#door = home.createDoor(this.cpu, this.#costUs.request, this.#servings);
    this.#workWords[this.#requestDone] = 'request';
    this.#workWords[this.#writing.task] = 'request';
    if (this.#door !== null) this.#workWords[this.#door.task] = 'request';
    this.#workWords[this.#pushing.task] = 'message';
    this.#workWords[this.#stack.task] = 'handshake';
    this.#workWords[this.#answers.task] = 'snapshot';
  }

  /** Makes a transport known, and the options of one of its clients. */
  serve(plugin: TransportPlugin, client: number, options: Readonly<Record<string, unknown>>): void {
    const { kind } = plugin.manifest;
    let serving = this.#servings.get(kind);
    if (serving === undefined) {
      serving = createServing(this.#sim, plugin, this, (session) => this.#finish(session));
      this.#servings.set(kind, serving);
    }
    serving.options[client] = options;
  }

  /** The backplane hands over a message, or a copy: it goes into its topic's log and to whoever waits for it there. */
  accept(copy: number): void {
    const topic = this.topics.topicOf(copy);
    const position = this.arrivals.add(copy);
    const again = position === 0;
    this.#home.handed(this.topics.messageOf(copy), again);
    if (again) {
      this.facts.repeated++;
      if (this.#plan.servers.dropDuplicates) return;
    } else (this.#logs[topic] as RoomLog).push(copy, position);
    this.#snapshots?.accept(this.topics.messageOf(copy));
    this.#pushing.push(copy, this.#subscribers[topic] as Set<Session>, again);
  }

  request(exchange: ServerExchange): void {
    if (this.#threads === null) this.#serve(exchange);
    else this.#threads.request(exchange);
  }

  #serve(exchange: ServerExchange): void {
    this.facts.requests++;
    if (this.#door?.answers(exchange)) return;
    const { post, snapshotOf } = exchange.content;
    if (snapshotOf !== undefined) {
      this.#snapshots?.answer(exchange, this.#answers, this.#costUs);
      return;
    }
    if (post !== undefined) {
      this.#home.took(exchange.content.client, post);
      this.#writing.take(post, this.#costUs.request, () =>
        exchange.respond('http.posted', 0, { status: 204, messages: [], cursor: 0, code: 0 }),
      );
      return;
    }
    const { client, rooms } = exchange.content;
    const stays = this.#home.keeps(client);
    this.#home.serves(client);
    if (!stays) exchange.beLast();
    for (const topic of this.topics.of(client, rooms)) this.#watched?.enter(topic);
    const serving = this.#servings.get(exchange.content.transport) as Serving;
    const session = new Session(this, serving, exchange, ++this.#sessionNumbers);
    session.misplaced = !stays;
    this.#sessions.set(session.number, session);
    session.actor = this.#newActor();
    recordSession(this.#sim, this.#number, session);
    session.instance = serving.population.add(serving.plugin.server.context(session.options));
    serving.sessions[session.instance] = session;
    session.send({ type: 'request', cursor: exchange.content.cursor });
  }

  /** Spends CPU time for a session; it is sent `worked` when that is done. */
  work(session: Session, what: 'request' | 'message', messages: number, snapshots = 0): void {
    const { request, message, snapshot } = this.#costUs;
    const costUs = (what === 'request' ? request : 0) + messages * message + snapshots * snapshot;
    this.cpu.run(costUs, this.#requestDone, session.number, messages);
  }

  /** Spends CPU time for the stack below: accepting a connection, a handshake. */
  workForStack(what: 'connection' | 'handshake' | 'resumption', then: () => void): void {
    if (!this.up) return;
    if (what !== 'connection') this.facts.handshakes++;
    this.#stack.run(this.#costUs[what], then);
  }

  /** A client wrote a message on its open connection. */
  write(client: number, message: number): void {
    this.#home.took(client, message);
    this.#writing.take(message, this.#costUs.message, () => {});
  }

  log(topic: number): RoomLog {
    return this.#logs[topic] as RoomLog;
  }

  subscribe(topic: number, session: Session): void {
    (this.#subscribers[topic] as Set<Session>).add(session);
  }

  unsubscribe(topic: number, session: Session): void {
    (this.#subscribers[topic] as Set<Session>).delete(session);
  }

  /** Clients that have something open here, by number, rising. */
  get clients(): number[] {
    return clientsOf(this.#sessions.values());
  }

  /** Has a client connect anew: what it has open is ended politely, and its connections serve no other request. */
  sendAway(client: number, why: string): void {
    for (const session of [...this.#sessions.values()])
      if (session.exchange.content.client === client) this.#end(session, why);
  }

  #end(session: Session, why: string): void {
    this.facts.sentAway++;
    endPolitely(this.#sim, this.#number, session, why);
  }

  /** The process dies: sessions, work at hand and (unless durable) the replay buffer are gone. */
  crash(): void {
    this.up = false;
    this.facts.crashes++;
    this.#home.died();
    for (const session of [...this.#sessions.values()]) this.#finish(session);
    this.#watched?.clear();
    for (const work of [this.#writing, this.#pushing, this.cpu, this.#stack, this.#answers]) work.clear();
    for (const work of [this.#door, this.#snapshots, this.#threads]) work?.clear();
    if (this.#plan.servers.durable) return;
    this.arrivals.forget();
    for (const log of this.#logs) log.clear();
  }

  restart(): void {
    this.up = true;
    this.epoch++;
    // A process that is started while the machine stands still stands still too.
    this.cpu.pause(this.paused);
    this.#threads?.pause(this.paused);
  }

  /** Stops or goes on, as by SIGSTOP and SIGCONT: the kernel's TCP answers all the same. */
  pause(paused: boolean): void {
    this.paused = paused;
    this.cpu.pause(paused);
    this.#threads?.pause(paused);
    if (paused) return;
    for (const session of [...this.#sessions.values()]) session.serving.population.resume(session.instance);
  }

  /** Closes the counts. */
  finishFacts(): ServerFacts {
    this.facts.busyUs = this.cpu.busyUs;
    this.facts.queuedPeakUs = this.cpu.queuedPeakUs;
    this.facts.threadWaitPeakUs = this.#threads?.waitedPeakUs ?? 0;
    return this.facts;
  }

  #finish(session: Session): void {
    if (session.instance < 0) return;
    session.unsubscribe();
    for (const topic of session.topics) this.#watched?.leave(topic);
    session.exchange.owner = null;
    session.serving.population.remove(session.instance);
    session.instance = -1;
    this.#sessions.delete(session.number);
  }

  #worked(number: number, messages: number): void {
    const session = this.#sessions.get(number);
    if (session === undefined) return;
    const { isNew } = session;
    session.isNew = false;
    if (isNew && this.#catchUp(session, messages)) return;
    session.takeSnapshots(this.#snapshots);
    session.workedUpTo = this.arrivals.newest;
    this.facts.sends += messages;
    const first = session.exchange.content.cursor < 0 ? 1 : 0;
    session.send({ type: 'worked', news: session.missed().length + session.snapshotsDue, first });
    if (session.misplaced && session.instance >= 0) this.#end(session, 'it belongs to another server');
    session.misplaced = false;
  }

  #catchUp(session: Session, messages: number): boolean {
    const work = (sent: number, snapshots: number) => this.work(session, 'message', sent, snapshots);
    const wish = this.#snapshots?.wishOf(session.exchange.content.client) ?? 'off';
    if (this.#snapshots !== null && wish !== 'off') return this.#snapshots.catchUp(session, messages, work);
    const timeoutUs = Math.round(this.#plan.servers.replayTimeoutMs * 1000);
    return askForReplay(this.#sim, this.#home.replay, session, timeoutUs, (sent) => work(messages + sent, 0));
  }
}
