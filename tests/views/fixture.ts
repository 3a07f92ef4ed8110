import { PACKET } from '../../src/trace/kinds.ts';
import { KIND, Trace, type TraceHeader } from '../../src/trace/trace.ts';

/** A made-up run for tests of the views. It looks like a race over a lossy link; nothing in it was simulated. */
export interface FixtureOptions {
  durationUs?: number;
  /** Clients in each group. */
  count?: number;
  faults?: TraceHeader['faults'];
}

type Add = (atUs: number, kind: keyof typeof KIND, ...fields: number[]) => void;

const GROUPS = [
  { group: 'polling', groupTitle: 'Polling' },
  { group: 'long-polling', groupTitle: 'Long polling' },
  { group: 'sse', groupTitle: 'SSE' },
  { group: 'websocket', groupTitle: 'WebSocket' },
] as const;

const ONE_WAY = 50_000;
const SETUP = 320_000;

/** Numbers in [0, 1) that look random and are the same every time. */
function luck(seed: number): () => number {
  let x = seed;
  return () => {
    x = (x * 1103515245 + 12345) % 2147483648;
    return x / 2147483648;
  };
}

export function fixtureHeader({
  durationUs = 20_000_000,
  count = 1,
  faults = [],
}: FixtureOptions): TraceHeader {
  const clients = GROUPS.flatMap(({ group, groupTitle }) =>
    Array.from({ length: count }, (_, i) => ({
      name: count === 1 ? group : `${group}/${i + 1}`,
      group,
      groupTitle,
      transport: group,
      link: 0,
      rooms: [0],
    })),
  ).map((client, link) => ({ ...client, link }));
  return {
    scenarioName: 'One keystroke, four transports',
    seed: 7,
    durationUs,
    endUs: durationUs + 2_000_000,
    rooms: ['doc-123'],
    publishers: [{ name: 'editor', room: 0, place: 1, clients: [] }],
    servers: [{ name: 'server-1' }],
    loadBalancer: null,
    proxy: null,
    clients,
    links: clients.map(({ name }, client) => ({
      name,
      kind: 'access' as const,
      client,
      from: -1,
      to: -1,
    })),
    places: [
      { name: 'server-1', title: '', kind: 'server', index: 0 },
      { name: 'editor', title: '', kind: 'source', index: 0 },
    ],
    actors: clients.map(({ name, group }, client) => ({
      name,
      role: `${group} client`,
      client,
      server: -1,
      connection: 0,
    })),
    faults,
    vocabulary: {
      'polling.request': { label: 'poll', role: 'request', explanation: '' },
      'polling.response': { label: 'answer', role: 'response', explanation: '' },
      'polling.empty': { label: 'nothing new', role: 'response', explanation: '' },
      'sse.event': { label: 'SSE event', role: 'data', explanation: '' },
      'websocket.frame': { label: 'WebSocket frame', role: 'data', explanation: '' },
      holding: { label: 'request held', role: 'request', explanation: '' },
    },
    transports: Object.fromEntries(
      GROUPS.map(({ group, groupTitle }) => [
        group,
        { title: groupTitle, about: '', sources: [], leavesOut: [] },
      ]),
    ),
    backplane: {
      kind: 'direct',
      title: 'Direct',
      about: '',
      sources: [],
      leavesOut: [],
      logs: [],
      consumers: [],
    },
    machines: {},
  };
}

/** Builds the run. */
export function fixtureTrace(options: FixtureOptions = {}): Trace {
  const trace = new Trace('all');
  const header = fixtureHeader(options);
  trace.header = header;
  const events: { atUs: number; order: number; kind: keyof typeof KIND; fields: number[] }[] = [];
  const add: Add = (atUs, kind, ...fields) =>
    events.push({ atUs: Math.round(atUs), order: events.length, kind, fields: fields.map(Math.round) });
  const random = luck(42);
  const published: number[] = [];
  for (let at = 400_000; at < header.durationUs; at += 40_000 + random() * 900_000) published.push(at);
  published.forEach((at, i) => {
    add(at, 'message.published', i + 1, 0, 0, 120, trace.text('hello '[i % 6] as string));
  });
  const world = new World(trace, add, random);
  header.clients.forEach(({ group }, client) => {
    world.setUp(client);
    if (group === 'polling') world.poll(client, published, header.endUs);
    else if (group === 'long-polling') world.longPoll(client, published);
    else world.stream(client, published, group === 'sse' ? 'sse.event' : 'websocket.frame');
  });
  header.faults.forEach(({ atUs, endUs }, fault) => {
    add(atUs, 'fault.began', fault);
    if (endUs > atUs && endUs < header.endUs) add(endUs, 'fault.ended', fault);
  });
  events.sort((a, b) => a.atUs - b.atUs || a.order - b.order);
  const units = new Map<number, number>();
  for (const { atUs, kind, fields } of events) {
    // Units are numbered in the order in which they are sent, as the engine does it.
    if (kind === 'unit.sent')
      fields[0] = units.set(fields[0] as number, units.size + 1).get(fields[0] as number)!;
    if (kind === 'unit.received') fields[0] = units.get(fields[0] as number) ?? 0;
    if (kind === 'packet.sent') for (const f of [9, 10]) fields[f] = units.get(fields[f] as number) ?? 0;
    trace.add(KIND[kind], atUs, ...fields);
  }
  trace.knownUntilUs = header.endUs;
  return trace;
}

/** Puts down what a client's traffic would look like. */
class World {
  #unit = 0;
  readonly #trace: Trace;
  readonly #add: Add;
  readonly #random: () => number;

  constructor(trace: Trace, add: Add, random: () => number) {
    this.#trace = trace;
    this.#add = add;
    this.#random = random;
  }

  setUp(client: number): void {
    const connection = client + 1;
    this.#move(client, 20_000, 'off', 'connecting');
    this.#add(20_000, 'connection.attempted', connection, client, 0, this.#trace.text('connect'));
    this.#packet(20_000, client, 0, PACKET.SYN, 0, 60);
    this.#packet(20_000 + ONE_WAY, client, 1, PACKET.SYN | PACKET.ACK, 0, 60);
    this.#add(120_000, 'connection.established', connection, 0);
    this.#packet(120_000, client, 0, PACKET.ACK, 0, 52);
    this.#add(170_000, 'connection.established', connection, 1);
    this.#add(SETUP, 'client.ready', client, SETUP - 20_000);
  }

  poll(client: number, published: number[], endUs: number): void {
    let next = 0;
    for (let at = SETUP; at < endUs - 300_000; at += 1_000_000) {
      this.#move(client, at, 'clocked.waiting', 'clocked.requesting');
      this.#timer(client, at, 'next poll', 1_000_000);
      this.#data(at, client, 0, 'polling.request', 0, 0, 420);
      const answered = at + ONE_WAY;
      const first = next;
      while (next < published.length && (published[next] as number) <= answered) next++;
      const what = next > first ? 'polling.response' : 'polling.empty';
      this.#data(answered, client, 1, what, next > first ? first + 1 : 0, next - first, 260);
      for (let i = first; i < next; i++) this.#deliver(client, i, answered + ONE_WAY, published);
      this.#move(client, answered + ONE_WAY, 'clocked.requesting', 'clocked.waiting');
      this.#packet(answered + ONE_WAY + 40_000, client, 0, PACKET.ACK, 0, 52);
    }
  }

  longPoll(client: number, published: number[]): void {
    let asked = SETUP;
    this.#data(asked, client, 0, 'polling.request', 0, 0, 420);
    this.#move(client, asked, 'requesting', 'holding');
    for (let i = 0; i < published.length; ) {
      const answered = Math.max(published[i] as number, asked + ONE_WAY);
      const first = i;
      while (i < published.length && (published[i] as number) <= answered) i++;
      this.#data(answered, client, 1, 'polling.response', first + 1, i - first, 260);
      for (let m = first; m < i; m++) this.#deliver(client, m, answered + ONE_WAY, published);
      asked = answered + ONE_WAY + 1_000;
      this.#data(asked, client, 0, 'polling.request', 0, 0, 420);
      this.#move(client, asked, 'requesting', 'holding');
    }
  }

  stream(client: number, published: number[], what: string): void {
    this.#move(client, SETUP, 'connecting', 'open');
    let blockedUntil = 0;
    let held = 0;
    published.forEach((at, i) => {
      const lost = this.#random() < 0.12;
      const unit = this.#data(at, client, 1, what, i + 1, 1, 180, lost);
      let arrives = at + ONE_WAY + this.#random() * 8_000;
      if (lost) {
        const again = at + 310_000;
        this.#packet(again, client, 1, PACKET.DATA | PACKET.ACK, unit, 180, false, 4);
        arrives = again + ONE_WAY;
        if (held === 0) blockedUntil = Math.max(blockedUntil, arrives);
      } else if (arrives < blockedUntil) {
        held++;
        this.#add(arrives, 'stream.held', client + 1, 1, held * 180, held);
        arrives = blockedUntil;
      }
      if (held > 0 && arrives >= blockedUntil) {
        this.#add(blockedUntil, 'stream.held', client + 1, 1, 0, 0);
        if (at + ONE_WAY + 8_000 > blockedUntil || lost) held = 0;
      }
      this.#packet(Math.max(arrives, at + ONE_WAY), client, 0, PACKET.ACK, 0, 52);
      this.#deliver(client, i, arrives, published);
    });
  }

  #data(
    at: number,
    client: number,
    down: number,
    what: string,
    message: number,
    messages: number,
    bytes: number,
    lost = false,
  ) {
    const unit = ++this.#unit;
    this.#add(at, 'unit.sent', unit, client + 1, down, this.#trace.text(what), bytes - 60, message, messages);
    const arrives = this.#packet(at, client, down, PACKET.DATA | PACKET.ACK, unit, bytes, lost);
    if (!lost) this.#add(arrives, 'unit.received', unit);
    return unit;
  }

  #packet(
    at: number,
    client: number,
    down: number,
    what: number,
    unit: number,
    bytes: number,
    lost = false,
    why = 0,
  ) {
    const takes = ONE_WAY + Math.floor(this.#random() * 8_000);
    const data = what & PACKET.DATA ? bytes - 52 : 0;
    const reason = lost ? this.#trace.text('loss') : 0;
    const fate = lost ? [-1, takes * 0.55] : [takes, -1];
    this.#add(
      at,
      'packet.sent',
      client * 2 + down,
      1,
      bytes,
      client + 1,
      what,
      why,
      0,
      0,
      data,
      unit,
      unit,
      ...fate,
      reason,
    );
    return at + takes;
  }

  #deliver(client: number, index: number, at: number, published: number[]): void {
    this.#add(at, 'message.delivered', index + 1, client, at - (published[index] as number), 1, 0);
  }

  #move(client: number, at: number, from: string, to: string): void {
    this.#add(
      at,
      'machine.moved',
      client,
      this.#trace.text(from),
      this.#trace.text(to),
      this.#trace.text('event'),
    );
  }

  #timer(client: number, at: number, timer: string, forUs: number): void {
    this.#add(at, 'timer.started', client, this.#trace.text(timer), forUs);
  }
}
