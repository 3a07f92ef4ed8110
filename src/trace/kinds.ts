/**
 * What a run can record: every kind, with its fields. A kind is named in the past tense. Fields are 32-bit integers;
 * the prefix of a field's spec says what the integer means, so that a record can be printed and read back:
 *
 * - `int`: a number, an id, or a count
 * - `text`: an index into the trace's table of strings
 * - `link`: twice the number of a link, plus 1 for the downward direction
 * - `after`: a time, kept as µs after the record's own time (-1: none), printed as absolute µs
 * - `flag`: 0 or 1
 */
export type FieldType = 'int' | 'text' | 'link' | 'after' | 'flag';

/** Names of the fields of each kind and their types. The order is the order of {@link Trace.add}'s arguments. */
export const KINDS = {
  /** The source had an update and the server took it. `text` is the character or string it carries, if any. */
  'message.published': { message: 'int', room: 'int', publisher: 'int', bytes: 'int', text: 'text' },
  /** The source had an update and no server was there to take it. */
  'message.refused': { room: 'int', publisher: 'int' },
  /** A client's application got a message for the first time. `expected`: it counts (see the contract). */
  'message.delivered': {
    message: 'int',
    client: 'int',
    latencyUs: 'int',
    expected: 'flag',
    outOfOrder: 'flag',
  },
  /** A client's application got a message again. */
  'message.duplicated': { message: 'int', client: 'int' },
  /** A client's first readiness; `setupUs` since it wished to connect. */
  'client.ready': { client: 'int', setupUs: 'int' },
  /**
   * A packet went onto a link. It arrives `arrivesAtUs` or ends at `dropsAtUs` for `reason`, decided here. With one that
   * arrives, `reason` says what a fault did to it, if one did: it was delayed, or it is the copy that was made.
   * `packet` names the packet (a duplicate made by the network has the same name), `connection` 0 is UDP.
   * `what` is a bit set of {@link PACKET}; `why` says why it was sent again ({@link RESENT}), 0 for a first sending.
   * Units firstUnit…lastUnit have bytes in it (0, 0: none). `seqNo`, `ackNo` count bytes from 0 at the SYN.
   */
  'packet.sent': {
    link: 'link',
    packet: 'int',
    bytes: 'int',
    connection: 'int',
    what: 'int',
    why: 'int',
    seqNo: 'int',
    ackNo: 'int',
    dataBytes: 'int',
    firstUnit: 'int',
    lastUnit: 'int',
    arrivesAtUs: 'after',
    dropsAtUs: 'after',
    reason: 'text',
  },
  /**
   * A protocol data unit (an HTTP request, a WebSocket frame, an SSE event, a TLS flight …) was handed to a connection.
   * `what` is a key of the vocabulary; the messages it carries are message…message+messages-1 (0 messages: none).
   */
  'unit.sent': {
    unit: 'int',
    connection: 'int',
    down: 'flag',
    what: 'text',
    bytes: 'int',
    message: 'int',
    messages: 'int',
  },
  /** The whole unit is in order at the other end. */
  'unit.received': { unit: 'int' },
  /** Data that arrived is held because something before it is missing: bytes and segments now held (0: none any more). */
  'stream.held': { connection: 'int', down: 'flag', bytes: 'int', segments: 'int' },
  /**
   * A client, a load balancer (-1) or a proxy ({@link PROXY}) began to open a connection to a server; -1: a load balancer
   * decides which, see `route.chosen`; {@link PROXY}: a proxy takes it.
   */
  'connection.attempted': { connection: 'int', client: 'int', server: 'int', what: 'text' },
  /** TCP is established at the client (`down` 0) or at the server (`down` 1). */
  'connection.established': { connection: 'int', down: 'flag' },
  /** TLS is ready at the client. */
  'connection.secured': { connection: 'int', resumed: 'flag' },
  /** One end is closed: `down` 0 at the client, 1 at the server. */
  'connection.closed': { connection: 'int', down: 'flag', reason: 'text' },
  /** A name was asked for; `cached`: the answer was at hand. */
  'name.resolved': { client: 'int', cached: 'flag', tookUs: 'int' },
  /** A machine began its work. Actors of clients are in the header; servers' come and go. `server` -1: none. */
  'actor.started': { actor: 'int', role: 'text', client: 'int', server: 'int', connection: 'int' },
  /** A machine went from one state to another. `actor` is that of `actor.started` or the header. */
  'machine.moved': { actor: 'int', from: 'text', to: 'text', event: 'text' },
  /** A timer of a machine or of TCP was set; it is due at `dueAtUs` unless it is stopped. */
  'timer.started': { actor: 'int', timer: 'text', dueAtUs: 'after' },
  'timer.stopped': { actor: 'int', timer: 'text' },
  /** A server (-1: the load balancer) spent CPU time on something; it waited `queuedUs` for its turn. */
  'server.worked': { server: 'int', what: 'text', queuedUs: 'int', tookUs: 'int' },
  /** A fault of the scenario began or ended; `fault` is its index there. */
  'fault.began': { fault: 'int' },
  'fault.ended': { fault: 'int' },
  // Hop 2. A place is a process in the datacenter, by its number in the header: servers, nodes, sources.
  /** A place began to open a connection to another. */
  'peer.attempted': { connection: 'int', place: 'int', peer: 'int', what: 'text' },
  /** A machine of the backplane began its work at a place; `connection` 0: for none in particular. */
  'role.started': { actor: 'int', role: 'text', place: 'int', connection: 'int' },
  /** A node or a source spent CPU time on something; it waited `queuedUs` for its turn. */
  'place.worked': { place: 'int', what: 'text', queuedUs: 'int', tookUs: 'int' },
  /** A server began or ceased to watch a room, because the first client came or the last one left. */
  'room.watched': { server: 'int', room: 'int', watched: 'flag' },
  /** A server's application was handed a message; `again`: it had it before. */
  'message.handed': { message: 'int', server: 'int', again: 'flag' },
  /** A copy of a message ended at a place, for `reason`; `server`: who does not get it (-1: nobody does). */
  'message.dropped': { message: 'int', place: 'int', server: 'int', reason: 'text' },
  /** What a place holds for another changed: bytes and messages that wait there. */
  'buffer.changed': { place: 'int', peer: 'int', bytes: 'int', messages: 'int' },
  /** An entry was written to a log of the header, or the entries before `offset` were given up. */
  'entry.appended': { place: 'int', log: 'int', partition: 'int', offset: 'int', message: 'int' },
  'entry.trimmed': { place: 'int', log: 'int', partition: 'int', offset: 'int' },
  /** A consumer of the header stands at another offset; `committed`: it will begin there after a crash. */
  'cursor.moved': {
    place: 'int',
    log: 'int',
    partition: 'int',
    consumer: 'int',
    offset: 'int',
    committed: 'flag',
  },
  /** A place joined a group, left it, was found dead …: `state` says what it is now. */
  'member.changed': { group: 'text', place: 'int', state: 'text' },
  /**
   * Something (a partition, an arc of a ring, a lease) has another owner: a place, -1: nobody. A part beyond a million,
   * or below 0, is a point on a circle of 2³²: the end of the arc that is owned. The part of a `pending entry of <log>,`
   * is an offset that was handed to its owner and is not confirmed; it has none once it is.
   */
  'owner.changed': { what: 'text', part: 'int', owner: 'int', before: 'int' },
  /** A client noticed that messages of a room are missing: those numbered from `first` within the room. */
  'gap.noticed': { client: 'int', room: 'int', first: 'int', messages: 'int' },
  /** A client's application dropped a message that it had already. */
  'message.deduplicated': { message: 'int', client: 'int' },
  /**
   * A load balancer chose a server for what came on a connection, or a proxy took what came on one to the server that
   * was meant (-1: to the load balancer). `over`: its own connection that carries it on (0: the same one, at layer 4).
   */
  'route.chosen': { connection: 'int', server: 'int', over: 'int', why: 'text' },
  /** A load balancer or a proxy gave up what it passed on: it answered with `status`, or (0) forgot or closed the connection. */
  'route.ended': { connection: 'int', status: 'int', reason: 'text' },
  /** Health checks have changed a load balancer's mind about a server. */
  'health.changed': { server: 'int', healthy: 'flag', reason: 'text' },
  /** A server closed a client's connections (or will, behind its answer), so that it connects anew: `why` it did. */
  'client.sent-away': { client: 'int', server: 'int', why: 'text' },
  /** A client asked for a room's snapshot, because a gap that it had noticed stayed open. */
  'snapshot.asked': { client: 'int', room: 'int' },
  /** A server made a room's snapshot for a client; `version`: how many messages the room had at the newest in it. */
  'snapshot.taken': { server: 'int', client: 'int', room: 'int', version: 'int', bytes: 'int', why: 'text' },
  /** A client applied one: it stood for so many messages that the client did not have (`message.delivered` follow). */
  'snapshot.applied': { client: 'int', room: 'int', version: 'int', bytes: 'int', messages: 'int' },
  /** A server read the state of a room that it had not followed, or of which it missed something. */
  'state.loaded': { server: 'int', room: 'int', version: 'int', from: 'text' },
  /** A message was published to so many topics, one for each member of its room (where topics are users'). */
  'message.fanned-out': { message: 'int', topics: 'int' },
  /** A server read a room's cached entry, and had so many messages of it that it did not have before. */
  'cache.read': { server: 'int', room: 'int', messages: 'int' },
  /**
   * A request met a server's pool of threads. `state`: it has `taken` one after a wait of `us`, `freed` it after having
   * it for so long, `waits` for one, `left` with its connection before it had one, or is `refused` as too many wait.
   * Then so many of the pool are `busy`, and so many requests are `waiting`.
   */
  'thread.changed': {
    server: 'int',
    client: 'int',
    connection: 'int',
    state: 'text',
    us: 'int',
    busy: 'int',
    threads: 'int',
    waiting: 'int',
  },
} as const satisfies Record<string, Record<string, FieldType>>;

export type Kind = keyof typeof KINDS;

/** All kinds, in the order of their numbers. */
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** The field names of a kind. */
export type FieldOf<K extends Kind> = keyof (typeof KINDS)[K] & string;

/** Bits of `packet.sent`'s `what`. */
export const PACKET = {
  SYN: 1,
  ACK: 2,
  FIN: 4,
  RST: 8,
  DATA: 16,
  KEEPALIVE: 32,
  DNS: 64,
  /** made by the network: the second copy of a packet */
  DUPLICATE: 128,
  UDP: 256,
} as const;

/** A proxy, where a client or a server is expected. */
export const PROXY = -2;

/** Values of `packet.sent`'s `why`, by index: why a packet was sent again. */
export const RESENT = [
  '',
  'SYN timeout',
  'RTO',
  'tail loss probe',
  'RACK',
  'go-back after RTO',
  'resolver timeout',
] as const;
