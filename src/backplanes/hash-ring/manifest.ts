import type { BackplaneManifest, Claim } from '../../engine/contract/backplane.ts';
import { COMMON, RING } from './options.ts';
import { VOCABULARY } from './vocabulary.ts';

/**
 * An update is sent once and not again. While owners change, one that goes by way of the old owner comes behind the next,
 * which goes straight to the new one.
 */
const GUARANTEES: readonly Claim[] = [{ delivery: 'at most once', ordered: 'none', replay: false }];

const shared = {
  nodes: () => [
    { name: 'etcd', title: 'Coordinator' },
    { name: 'router', title: 'Router' },
  ],
  links: ['source-node', 'server-node', 'node-node', 'source-server', 'server-server'],
  guarantees: GUARANTEES,
  vocabulary: VOCABULARY,
} as const satisfies Partial<BackplaneManifest>;

const SOURCES = [
  'MurmurHash3 (Austin Appleby), 32 bits: npm murmurhash 2.0.1',
  'etcd 3.5.9 client/v3/lease.go (keep-alive after a third of the TTL, again after 500 ms, deadline after the TTL), client/v3/concurrency/session.go',
  'etcd 3.5.9 server/lease/lessor.go (expired leases are looked for every 500 ms; all are renewed by a restart)',
  'grpc-go internal/backoff/backoff.go: 1 s, then times 1.6, up to 120 s, 20 % up or down; clientconn.go: idle when a connection ends',
  'Slack, Real-time Messaging (slack.engineering): channels mapped to servers by consistent hashing',
];

const LEAVES_OUT = [
  'Where it is kept who is in which room: every process knows.',
  'How the edge learns of a client’s name, and what its decision costs: it looks into the router’s table when the client connects, as if DNS or the client itself had it.',
  'Replicas of the coordinator and their elections: there is one, which keeps what it has through a crash.',
  'The start of the fleet: the run begins with all servers as members, and everybody’s view is up to date.',
  'HTTP/2 and gRPC below the sizes of their frames: settings, pings, flow control; header sizes are estimates.',
  'That etcd’s client looks for dead leases only once a second.',
];

/** Modulo: what everybody does first. */
export const moduloHashManifest: BackplaneManifest = {
  ...shared,
  kind: 'modulo-hash',
  title: 'Modulo hashing',
  about:
    'Each client belongs to the server that its hash modulo the number of servers names; updates go straight there.',
  options: COMMON,
  sources: SOURCES,
  leavesOut: LEAVES_OUT,
};

export const hashRingManifest: BackplaneManifest = {
  ...shared,
  kind: 'hash-ring',
  title: 'Hash ring',
  about:
    'Each client belongs to the server whose point comes next on a ring of hashes; updates go straight there, and few clients move when the fleet changes.',
  options: { ...RING, ...COMMON },
  sources: [
    ...SOURCES,
    'dgryski/go-jump jump.go, go-rendezvous rdv.go (Lamping and Veach 2014, arXiv 1406.2294, for jump)',
  ],
  leavesOut: [...LEAVES_OUT, 'Weights of servers, and bounded loads.'],
};
