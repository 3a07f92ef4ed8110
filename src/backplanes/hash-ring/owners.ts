import murmurhash from 'murmurhash';

/** How keys are dealt out to servers. */
export type Algorithm = 'modulo' | 'ring' | 'rendezvous' | 'jump';

/** A point of the ring, and whose it is: the arc that ends there. */
export interface Point {
  at: number;
  /** Index among the members. */
  owner: number;
}

/** Who owns which key, for one list of members. */
export interface Owners {
  /** Index of the member that owns a key; -1: there is none. */
  ownerOf(key: string): number;
  /** The ring's points, rising; empty where there is no ring. */
  readonly points: readonly Point[];
}

/** A second hash of a key, for the upper half of 64 bits. */
const UPPER_SEED = 0x9747b28c;

/** Room for the bytes of a key, by their number: a fleet hashes its clients over and over. */
const bytesOf: Uint8Array[] = [];

/** MurmurHash3 (x86, 32 bits), by the library that is used everywhere here. */
function hash(key: string, seed = 0): number {
  bytesOf[key.length] ??= new Uint8Array(key.length);
  const bytes = bytesOf[key.length] as Uint8Array;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    // Several bytes in UTF-8: left to the library, which makes an encoder for each key.
    if (code > 127) return murmurhash.v3(key, seed);
    bytes[i] = code;
  }
  return murmurhash.v3(bytes, seed);
}

/** @param members names, in the order of their numbers @param virtualNodes points of each member on the ring */
export function ownersOf(algorithm: Algorithm, members: readonly string[], virtualNodes: number): Owners {
  if (members.length === 0) return { ownerOf: () => -1, points: [] };
  switch (algorithm) {
    case 'modulo':
      return { ownerOf: (key) => hash(key) % members.length, points: [] };
    case 'ring':
      return ring(members, virtualNodes);
    case 'rendezvous':
      return { ownerOf: (key) => highest(members, key), points: [] };
    case 'jump':
      return { ownerOf: (key) => jump(key, members.length), points: [] };
  }
}

/** Karger et al. 1997: a key belongs to the next point clockwise; each member has many points, so that arcs even out. */
function ring(members: readonly string[], virtualNodes: number): Owners {
  const points = members.flatMap((name, owner) =>
    Array.from({ length: virtualNodes }, (_, node): Point => ({ at: hash(`${name}#${node}`), owner })),
  );
  points.sort((a, b) => a.at - b.at || a.owner - b.owner);
  return { ownerOf: (key) => arcOf(points, hash(key)).owner, points };
}

/** The point that ends the arc in which a place on the ring lies. */
export function arcOf(points: readonly Point[], at: number): Point {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] as Point).at < at) low = middle + 1;
    else high = middle;
  }
  return points[low === points.length ? 0 : low] as Point;
}

/** Thaler and Ravishankar 1998: every member has a weight for the key, and the highest has it. */
function highest(members: readonly string[], key: string): number {
  let best = 0;
  let bestWeight = -1;
  members.forEach((name, member) => {
    const weight = hash(`${name} ${key}`);
    if (weight <= bestWeight) return;
    best = member;
    bestWeight = weight;
  });
  return best;
}

/** Lamping and Veach 2014: the last jump of a walk over the buckets. Members may come and go at the end of the list only. */
function jump(key: string, buckets: number): number {
  let state = (BigInt(hash(key, UPPER_SEED)) << 32n) | BigInt(hash(key));
  let bucket = -1;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    state = BigInt.asUintN(64, state * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(state >> 33n) + 1)));
  }
  return bucket;
}
