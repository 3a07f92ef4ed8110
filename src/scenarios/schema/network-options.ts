import type { NumberSpec } from '../../engine/contract/option-spec.ts';
import { type Fields, withDefault } from './fields.ts';

const TIME = { type: 'number', unit: 'ms', min: 0, max: 60_000 } as const;
const PERCENT = { type: 'number', unit: '%', min: 0, max: 100 } as const;

/** Loss that comes in bursts: two states, with a chance of changing at each packet. */
const LOSS_MODEL = {
  type: 'variants',
  kinds: {
    'gilbert-elliott': {
      about:
        'Two states, good and bad. At each packet the state may change; the packet is then lost with the chance of the state.',
      fields: {
        p: {
          type: 'number',
          unit: '',
          min: 0,
          max: 1,
          required: true,
          default: 0.01,
          about: 'Chance of going from good to bad, at each packet.',
          source: 'has to be given; names as in netem(8), gemodel',
        },
        r: {
          type: 'number',
          unit: '',
          min: 0,
          max: 1,
          required: true,
          default: 0.3,
          about:
            'Chance of going back from bad to good, at each packet. 1/r packets is the mean length of a bad spell.',
          source: 'has to be given; names as in netem(8), gemodel',
        },
        goodLossPct: {
          ...PERCENT,
          default: 0,
          about: 'Loss in the good state.',
          source: 'netem(8), gemodel: 1-k = 0',
        },
        badLossPct: {
          ...PERCENT,
          default: 100,
          about: 'Loss in the bad state.',
          source: 'netem(8), gemodel: 1-h = 100 %',
        },
      },
    },
  },
  default: null,
  orNull: 'lossPct counts, and every packet has the same chance',
  about: 'Loss that comes in bursts, in place of lossPct. Each link and direction has a state of its own.',
} as const;

/** A link's options, with the defaults of `network.access`. */
export const LINK_FIELDS = {
  rttMs: {
    ...TIME,
    default: 40,
    about: 'Round-trip time: both ways together, half each way unless upMs or downMs say otherwise.',
    source: 'a choice, not a measurement: a home line to a server in the same part of the world',
  },
  upMs: {
    ...TIME,
    orNull: 'half of rttMs',
    default: null,
    about: 'One way from client to server.',
    source: 'a symmetric path',
  },
  downMs: {
    ...TIME,
    orNull: 'half of rttMs',
    default: null,
    about: 'One way from server to client.',
    source: 'a symmetric path',
  },
  jitterMs: {
    ...TIME,
    default: 0,
    about:
      'How far the delay strays, drawn anew for each packet and direction. Order within a direction is kept unless reorderPct says otherwise.',
    source: 'netem(8): none',
  },
  jitterDistribution: {
    type: 'choice',
    values: ['uniform', 'normal', 'pareto'],
    default: 'uniform',
    needs: { jitterMs: 'above 0' },
    about:
      'uniform: within ± jitterMs around the one-way delay. normal: jitterMs is the standard deviation. pareto: a long tail, jitterMs its scale. Never below 0.',
    source: 'netem(8): uniform unless a distribution is named',
  },
  lossPct: {
    ...PERCENT,
    default: 0,
    about: 'Chance that a packet is lost, for each packet and direction on its own.',
    source: 'netem(8): none',
  },
  lossModel: LOSS_MODEL,
  rateKbps: {
    type: 'number',
    unit: 'kbit/s',
    min: 1,
    max: 100_000_000,
    orNull: 'as fast as can be',
    default: null,
    about: 'Bandwidth of each direction. Packets go out one after the other and wait for each other.',
    source: 'netem(8): unlimited',
  },
  queueBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1_500,
    max: 1_000_000_000,
    integer: true,
    default: 64_000,
    needs: { rateKbps: 'not null' },
    about:
      'Bytes that may wait where rateKbps makes packets wait, the one on the wire included. A packet that does not fit is dropped.',
    source: 'a choice: about 42 packets of full size, half a second at 1 Mbit/s',
  },
  duplicatePct: {
    ...PERCENT,
    default: 0,
    about: 'Chance that a packet arrives twice.',
    source: 'netem(8): none',
  },
  reorderPct: {
    ...PERCENT,
    default: 0,
    about: 'Chance that a packet may overtake those before it.',
    source: 'netem(8): none',
  },
} as const satisfies Fields;

const datacenterRtt: NumberSpec = withDefault(
  LINK_FIELDS.rttMs as NumberSpec,
  0.5,
  'about what two machines in neighbouring racks or zones of one region see',
);

/** The same options, with the defaults of `network.datacenter`. */
export const DATACENTER_FIELDS = { ...LINK_FIELDS, rttMs: datacenterRtt } as const satisfies Fields;

/** `network.dns` */
export const DNS_FIELDS = {
  lookupMs: {
    ...TIME,
    default: 20,
    about:
      'How long the resolver takes to answer. The question crosses no simulated link; its packets are counted.',
    source: 'a choice: the provider’s resolver has the answer at hand',
  },
  ttlMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 86_400_000,
    default: 60_000,
    about: 'How long a client keeps an answer. 0: every connection asks again.',
    source: 'Chromium, host resolver: answers of the system’s resolver are kept for 60 s',
  },
  lossPct: {
    ...PERCENT,
    default: 0,
    about:
      'Loss of the datagrams between a client and its resolver, of each query and each answer by itself. UDP sends nothing again: the resolver’s library asks once more after 5 s. What is lost on the access link is of no matter to them.',
    source: 'a choice; for the 5 s glibc, resolv.conf(5): timeout',
  },
} as const satisfies Fields;

/** `network.tcp` */
export const TCP_FIELDS = {
  congestionControl: {
    type: 'choice',
    values: ['cubic', 'bbr'],
    default: 'cubic',
    about:
      'How every sender decides how much may be under way. `cubic`: grows until something is lost, then falls to 0.7. ' +
      '`bbr` (version 1): measures how fast the path delivers and how short its round trip is, paces at that rate, and ' +
      'takes a single loss for no sign of a full path.',
    source:
      'sysctl tcp_congestion_control: Linux ships with cubic; net/ipv4/tcp_cubic.c, tcp_bbr.c; RFC 9438',
  },
} as const satisfies Fields;

/** `network` */
export const NETWORK_FIELDS = {
  access: {
    type: 'object',
    fields: LINK_FIELDS,
    about: 'Between each client and the edge. Every client has a link of its own.',
  },
  datacenter: {
    type: 'object',
    fields: DATACENTER_FIELDS,
    about: 'Between edge, servers and backplane.',
  },
  dns: { type: 'object', fields: DNS_FIELDS, about: 'How the server’s name becomes an address.' },
  tcp: { type: 'object', fields: TCP_FIELDS, about: 'What the kernels of all hosts are set to.' },
} as const satisfies Fields;
