import type { Options } from '../../engine/contract/backplane.ts';
import type { OptionSpecs } from '../../engine/contract/option-spec.ts';
import type { Algorithm } from './owners.ts';

/** The options of both kinds, as their manifests declare them. */
export interface HashOptions {
  algorithm: Algorithm;
  virtualNodes: number;
  key: 'client' | 'room';
  misrouted: 'forward' | 'redirect';
  overlapMs: number;
  moveSpreadMs: number;
  stepDown: boolean;
  leaseTtlMs: number;
  writeMs: number;
  readMs: number;
}

/** The scenario's check has made sure of them; `modulo-hash` has no choice of the algorithm. */
export const optionsOf = (options: Options): HashOptions =>
  ({ algorithm: 'modulo', virtualNodes: 1, ...options }) as unknown as HashOptions;

const MS = { type: 'number', unit: 'ms' } as const;
const CHOICE = 'a choice';

/** What both kinds have. */
export const COMMON: OptionSpecs = {
  key: {
    type: 'choice',
    values: ['client', 'room'],
    default: 'client',
    about:
      'What is hashed: client: its name, so that each client has a server; room: the first room that it is in, so that a room’s clients share a server.',
    source: CHOICE,
  },
  misrouted: {
    type: 'choice',
    values: ['forward', 'redirect'],
    default: 'forward',
    about:
      'What a server does with an update for clients that are not its own: it passes it on to their owners, or answers with the owners’ addresses.',
    source: CHOICE,
  },
  overlapMs: {
    ...MS,
    min: 0,
    max: 600_000,
    default: 5_000,
    about: 'For so long after a change of the fleet, updates go to a client’s former owner as well.',
    source: CHOICE,
  },
  moveSpreadMs: {
    ...MS,
    min: 0,
    max: 600_000,
    default: 0,
    about: 'Over how long a server tells clients that have moved to connect anew, evenly.',
    source: CHOICE,
  },
  stepDown: {
    type: 'flag',
    default: true,
    about:
      'A server whose lease has run out by its own clock gives all its clients away, though it is alive.',
    source:
      'etcd 3.5.9 client/v3/concurrency/session.go: Done() is closed; what then is up to the application',
  },
  leaseTtlMs: {
    ...MS,
    min: 1_000,
    max: 3_600_000,
    default: 60_000,
    about:
      'How long a server’s membership outlives its last keep-alive. Keep-alives are sent when a third of it is over.',
    source: 'etcd 3.5.9 client/v3/concurrency/session.go: defaultSessionTTL 60 s',
  },
  writeMs: {
    ...MS,
    min: 0,
    max: 10_000,
    default: 1,
    about: 'What the coordinator needs for a write, the disk’s fsync included.',
    source: 'an estimate, for an SSD',
  },
  readMs: {
    ...MS,
    min: 0,
    max: 10_000,
    default: 0.1,
    about: 'What the coordinator needs for a read or a keep-alive.',
    source: 'an estimate',
  },
};

/** What `hash-ring` has besides. */
export const RING: OptionSpecs = {
  algorithm: {
    type: 'choice',
    values: ['ring', 'rendezvous', 'jump'],
    default: 'ring',
    about:
      'ring: the next point clockwise owns a key. rendezvous: the server with the highest weight for the key. jump: jump consistent hash, for servers that come and go at the end of the list.',
    source: CHOICE,
  },
  virtualNodes: {
    type: 'number',
    unit: '',
    min: 1,
    max: 1_000,
    integer: true,
    default: 100,
    needs: { algorithm: ['ring'] },
    about: 'Points of each server on the ring: the more, the more even are its arcs.',
    source: CHOICE,
  },
};
