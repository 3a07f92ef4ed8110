import type { FaultPlan } from '../../engine/contract/plan.ts';
import {
  CLIENTS,
  DIRECTION,
  ENDS,
  INSTANT,
  LINKS,
  NO_TARGET,
  NODES,
  nothing,
  PACKET,
  SERVERS,
  SPAN,
} from './fault-parts.ts';
import type { Fields, Variant } from './fields.ts';
import { LINK_FIELDS } from './network-options.ts';

/** `faults[]`, by kind. What a person does while a run plays becomes one of these. */
export const FAULT_KIND_FIELDS = {
  'link-change': {
    about: 'Links take on other options, and have their own again afterwards.',
    fields: {
      ...SPAN,
      target: LINKS,
      set: {
        type: 'object',
        fields: LINK_FIELDS,
        partial: true,
        required: true,
        about: 'The options that change.',
      },
    },
  },
  'link-down': {
    about: 'Packets vanish, and nobody is told.',
    fields: { ...SPAN, target: LINKS, direction: DIRECTION },
  },
  'server-crash': {
    about: 'The process dies: its kernel closes its connections, its memory is gone. It is back after forMs.',
    fields: { ...SPAN, target: SERVERS },
  },
  'server-pause': {
    about: 'The process stands still (a long garbage collection, a stopped container); its kernel goes on.',
    fields: { ...SPAN, target: SERVERS },
  },
  'server-join': {
    about: 'A server that was not there before begins its work: until then nobody is at its address.',
    fields: {
      ...INSTANT,
      target: {
        type: 'text',
        required: true,
        minLength: 1,
        maxLength: 60,
        default: 'server-1',
        what: 'a server',
        about: 'The server ("server-11"). It counts among servers.count.',
      },
    },
  },
  'server-drain': {
    about:
      'A server leaves politely: it takes no new connections and has its clients connect anew, one after the other. ' +
      'After forMs it takes connections again.',
    fields: {
      ...SPAN,
      target: SERVERS,
      spreadMs: {
        type: 'number',
        unit: 'ms',
        min: 0,
        max: 3_600_000,
        default: 5_000,
        about: 'Over how long its clients are told, evenly.',
        source: 'a choice',
      },
    },
  },
  'load-balancer-crash': {
    about:
      'The load balancer dies, and forgets all connections. At layer 7 they are closed; at layer 4 packets vanish until ' +
      'it is back, and what comes then of the old ones is reset.',
    fields: { ...SPAN, target: NO_TARGET },
  },
  'load-balancer-pause': {
    about:
      'The load balancer’s process stands still. At layer 7 nothing gets through; at layer 4 only the health checks stop.',
    fields: { ...SPAN, target: NO_TARGET },
  },
  'client-disconnect': {
    about: 'The client goes offline and knows it: its connections are closed, and it cannot open others.',
    fields: { ...SPAN, target: CLIENTS },
  },
  'client-sleep': {
    about: 'Timers and scripts of the client are frozen, as in a background tab or a closed lid.',
    fields: { ...SPAN, target: CLIENTS },
  },
  'network-switch': {
    about:
      'The client gets a new address: what it had open is closed at its end, and the server is not told.',
    fields: { ...INSTANT, target: CLIENTS },
  },
  'dns-down': { about: 'The resolver does not answer.', fields: { ...SPAN, target: NO_TARGET } },
  'broker-crash': {
    about:
      'A node of the backplane dies: its kernel closes its connections, what it had in memory is gone. It is back after forMs.',
    fields: { ...SPAN, target: NODES },
  },
  'broker-pause': {
    about: 'A node of the backplane stands still; its kernel goes on.',
    fields: { ...SPAN, target: NODES },
  },
  partition: {
    about: 'Packets between two places in the datacenter vanish, both ways or one.',
    fields: {
      ...SPAN,
      target: nothing('between names its two ends'),
      between: {
        ...ENDS,
        required: true,
        default: ['servers', 'backplane'],
        about:
          'Its two ends: each a server, a node of the backplane or a publisher, or all "servers", the whole "backplane", all "publishers"; "load-balancer" and a server, where there is one.',
      },
      direction: {
        type: 'choice',
        values: ['both', 'forth', 'back'],
        default: 'both',
        about: 'Which way: forth is from the first end to the second.',
        source: 'a cut cable',
      },
    },
  },
  'clock-skew': {
    about:
      'A clock is wrong by so much. TCP and the run itself do not care; whoever compares times of two clocks does.',
    fields: {
      ...SPAN,
      target: {
        ...NODES,
        about: 'A server, a node of the backplane or a publisher. Without it: all of them.',
      },
      byMs: {
        type: 'number',
        unit: 'ms',
        min: -86_400_000,
        max: 86_400_000,
        required: true,
        default: 500,
        about: 'How far it is ahead (negative: behind).',
        source: 'has to be given',
      },
    },
  },
  publish: {
    about: 'Somebody types: each character is a message of its own.',
    fields: {
      ...INSTANT,
      target: NO_TARGET,
      text: {
        type: 'text',
        required: true,
        minLength: 1,
        maxLength: 1_000,
        default: '!',
        about: 'What is typed.',
      },
      publisher: { type: 'name', default: null, about: 'Who types. Without it: the first publisher.' },
    },
  },
  'packet-drop': { about: 'One packet is lost.', fields: PACKET },
  'packet-delay': {
    about: 'One packet is late.',
    fields: {
      ...PACKET,
      byMs: {
        type: 'number',
        unit: 'ms',
        min: 0,
        max: 600_000,
        required: true,
        default: 200,
        about: 'How late.',
        source: 'has to be given',
      },
    },
  },
  'packet-duplicate': { about: 'One packet arrives twice.', fields: PACKET },
} as const satisfies Record<FaultPlan['kind'], Variant>;

/** What a fault can be aimed at. */
export const FAULT_TARGETS: Readonly<
  Record<FaultPlan['kind'], 'clients' | 'servers' | 'links' | 'nodes' | 'places' | 'nobody'>
> = {
  'link-change': 'links',
  'link-down': 'links',
  'server-crash': 'servers',
  'server-pause': 'servers',
  'server-join': 'servers',
  'server-drain': 'servers',
  'load-balancer-crash': 'nobody',
  'load-balancer-pause': 'nobody',
  'client-disconnect': 'clients',
  'client-sleep': 'clients',
  'network-switch': 'clients',
  'dns-down': 'nobody',
  'broker-crash': 'nodes',
  'broker-pause': 'nodes',
  partition: 'nobody',
  'clock-skew': 'places',
  publish: 'nobody',
  'packet-drop': 'clients',
  'packet-delay': 'clients',
  'packet-duplicate': 'clients',
};

const BOUND = { type: 'number', unit: '', min: -1e12, max: 1e12, default: null, source: 'no bound' } as const;

/** `expect[]` */
export const EXPECT_FIELDS = {
  metric: {
    type: 'text',
    required: true,
    minLength: 1,
    maxLength: 200,
    default: null,
    what: 'a path into the report',
    about: 'A number of the report by its path, such as groups.sse.deliveries.latencyMs.p99.',
  },
  min: { ...BOUND, orNull: 'no lower bound', about: 'The least it may be.' },
  max: { ...BOUND, orNull: 'no upper bound', about: 'The most it may be.' },
} as const satisfies Fields;
