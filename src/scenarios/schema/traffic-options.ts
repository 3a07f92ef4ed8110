import type { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';
import { LINK_FIELDS } from './network-options.ts';
import { RECONNECT_FIELDS } from './reconnect-options.ts';

const START = {
  type: 'number',
  unit: 'ms',
  min: 0,
  max: LIMITS.durationMs,
  default: 0,
  source: 'the start of the run',
} as const;
const EVERY = {
  type: 'number',
  unit: 'ms',
  min: 0.05,
  max: LIMITS.durationMs,
  required: true,
  default: 1_000,
  source: 'has to be given',
} as const;

/** `publishers[].arrivals` */
const ARRIVALS = {
  type: 'variants',
  required: true,
  default: 'poisson',
  about: 'When there is something new.',
  kinds: {
    periodic: {
      about: 'At startMs, and then at equal distances.',
      fields: { everyMs: { ...EVERY, about: 'Distance between two messages.' } },
    },
    poisson: {
      about: 'At random, each moment as likely as the next; the first gap begins at startMs.',
      fields: {
        perSecond: {
          type: 'number',
          unit: '/s',
          min: 0.0001,
          max: LIMITS.messagesPerSecond,
          required: true,
          default: 2,
          about: 'Mean rate.',
          source: 'has to be given',
        },
      },
    },
    at: {
      about: 'At these moments.',
      fields: {
        timesMs: {
          type: 'list',
          of: { ...START, about: 'A moment, counted from startMs.' },
          minItems: 0,
          maxItems: LIMITS.times,
          required: true,
          default: [0],
          about: 'The moments, counted from startMs. Those at or after durationMs publish nothing.',
        },
      },
    },
    burst: {
      about: 'Several at once, at startMs and then at equal distances.',
      fields: {
        everyMs: { ...EVERY, about: 'Distance between two bursts.' },
        size: {
          type: 'number',
          unit: 'messages',
          min: 1,
          max: 10_000,
          integer: true,
          required: true,
          default: 10,
          about: 'Messages in a burst.',
          source: 'has to be given',
        },
      },
    },
  },
} as const;

/** `publishers[]`: who has something to say. */
export const PUBLISHER_FIELDS = {
  name: {
    type: 'name',
    required: true,
    default: 'editor',
    about: 'What it is called; no two publishers alike.',
  },
  room: { type: 'name', required: true, default: 'doc-123', about: 'The room that its messages go to.' },
  client: {
    type: 'text',
    minLength: 1,
    maxLength: 60,
    orNull: 'a process beside the servers',
    default: null,
    what: 'a name',
    about:
      'Who writes: a client ("chat/2", from 1) or a group ("chat"), whose members write in turn, over their WebSocket or by POST.',
  },
  echo: {
    type: 'flag',
    default: true,
    needs: { client: 'not null' },
    about: 'Whether a client that wrote a message is sent it as well.',
    source: 'Socket.IO, io.to(room).emit(): everybody; socket.to(room) leaves the sender out',
  },
  startMs: { ...START, about: 'When it begins.' },
  arrivals: ARRIVALS,
  bytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: LIMITS.bytes,
    integer: true,
    default: 100,
    about: 'Size of a message as the application has it, without what transports and network put around it.',
    source: 'a choice: one edit of a shared document as JSON',
  },
  text: {
    type: 'text',
    minLength: 1,
    maxLength: 10_000,
    orNull: 'messages carry no character',
    default: null,
    about: 'Message k carries the k-th character, round and round, and clients show what they have.',
  },
} as const satisfies Fields;

/** `clients[].repair` */
export const REPAIR_FIELDS = {
  dropDuplicates: {
    type: 'flag',
    default: false,
    about: 'It drops a message that it has already, by its id; the report counts it under deduplicated.',
    source: 'not done unless asked for',
  },
  detectGaps: {
    type: 'flag',
    default: false,
    about:
      'Messages carry their number within the room, and it notices when one is missing; the report counts those missed, and those that came later after all.',
    source: 'not done unless asked for',
  },
  snapshot: {
    type: 'choice',
    values: ['off', 'gap', 'connect'],
    default: 'off',
    about:
      'Whether it is given a room’s state at a version in place of messages that it missed, and then only what came after. gap: when it comes back with a cursor and what it missed is kept neither by the server nor (`servers.replayFrom`) by the backplane; with `detectGaps` it also asks for one, by a GET, where a gap stays open. connect: with each stream and socket that it opens (with its first poll), and for gaps as well. A WebSocket says where it stands only with `resume`; without, take connect. What a snapshot stands for counts as delivered, and under bySnapshot.',
    source:
      'not done unless asked for. gap is what clients of Kubernetes do when a watch is too old (410 Gone: list anew, then watch) and a Raft leader for a follower behind its log (InstallSnapshot, §7); connect is how Binance has a local order book kept (a depth snapshot, then differences by number)',
  },
  snapshotAfterMs: {
    type: 'number',
    unit: 'ms',
    min: 1,
    max: 3_600_000,
    default: 1_000,
    needs: { snapshot: ['gap', 'connect'], detectGaps: [true] },
    about:
      'How long a gap that it noticed may stay open, because a message may be late, before it asks for a snapshot; and the wait before it asks again.',
    source: 'a choice',
  },
} as const satisfies Fields;

/** `clients[]`, without the transport, whose options come from the transports themselves. */
export const GROUP_FIELDS = {
  name: {
    type: 'name',
    required: true,
    default: 'readers',
    about: 'What the group is called, here and in the report; no two groups alike.',
  },
  count: {
    type: 'number',
    unit: '',
    min: 1,
    max: LIMITS.clients,
    integer: true,
    default: 1,
    about: 'Clients in it, all alike; each has its own link and its own luck.',
    source: 'the least',
  },
  startMs: { ...START, about: 'When the first of them starts.' },
  startSpreadMs: { ...START, about: 'The starts are spread evenly over this time.' },
  rooms: {
    type: 'list',
    of: { type: 'name', default: null, about: 'A room.' },
    minItems: 0,
    maxItems: LIMITS.roomsOfAGroup,
    default: null,
    about: 'Rooms that it watches. Without this: every room that somebody publishes to.',
  },
  network: {
    type: 'object',
    fields: LINK_FIELDS,
    partial: true,
    about: 'What is different on the links of this group; the rest is as in network.access.',
  },
  reconnect: {
    type: 'object',
    fields: RECONNECT_FIELDS,
    about: 'What it does after a lost connection. EventSource has its own rule: retryMs.',
  },
  repair: {
    type: 'object',
    fields: REPAIR_FIELDS,
    about: 'What its application does about messages that come twice, or not at all.',
  },
} as const satisfies Fields;
