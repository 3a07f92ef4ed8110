import murmurhash from 'murmurhash';
import { describe, expect, it } from 'vitest';
import { cases } from '../../../tests/effort.ts';
import { type Algorithm, arcOf, ownersOf } from './owners.ts';

const USERS = Array.from({ length: cases(100_000, 40_000) }, (_, user) => `user-${user + 1}`);
const servers = (count: number) => Array.from({ length: count }, (_, server) => `server-${server + 1}`);

/** Five standard errors of a share that is counted over all users. */
const sampling = (share: number) => 5 * Math.sqrt((share * (1 - share)) / USERS.length);

/** What becomes of the users when the eleventh server joins ten. */
function joins(algorithm: Algorithm, virtualNodes = 1) {
  const [before, after] = [10, 11].map((count) => ownersOf(algorithm, servers(count), virtualNodes));
  let moved = 0;
  let movedElsewhere = 0;
  const load = Array<number>(11).fill(0);
  for (const user of USERS) {
    const [from, to] = [before?.ownerOf(user), after?.ownerOf(user)];
    load[to as number] = (load[to as number] as number) + 1;
    if (from === to) continue;
    moved++;
    if (to !== 10) movedElsewhere++;
  }
  return { share: moved / USERS.length, movedElsewhere, load, after };
}

it('hashes as MurmurHash3 does everywhere', () => {
  // SMHasher, and the vectors that other implementations are tested with.
  expect(murmurhash.v3('', 0)).toBe(0);
  expect(murmurhash.v3('', 1)).toBe(0x514e28b7);
  expect(murmurhash.v3('test', 0)).toBe(0xba6bd213);
  expect(murmurhash.v3('Hello, world!', 0x9747b28c)).toBe(0x24884cba);
});

describe('the eleventh server, over 100,000 users, or fewer in a quick run', () => {
  it('modulo: moves ten of eleven, all over the fleet', () => {
    const { share, movedElsewhere } = joins('modulo');
    // A key stays if its hash is the same modulo 10 and 11: ten remainders of 110.
    expect(Math.abs(share - 10 / 11)).toBeLessThan(sampling(10 / 11));
    expect(movedElsewhere).toBeGreaterThan(USERS.length / 2);
  });

  it.each(['rendezvous', 'jump'] as const)(
    '%s: moves one of eleven, and only to the newcomer',
    (algorithm) => {
      const { share, movedElsewhere } = joins(algorithm);
      expect(movedElsewhere).toBe(0);
      expect(Math.abs(share - 1 / 11)).toBeLessThan(sampling(1 / 11));
    },
  );

  it.each([1, 10, 100, 400])(
    'ring with %i virtual nodes: one of eleven on average, only to the newcomer',
    (nodes) => {
      const { share, movedElsewhere, after } = joins('ring', nodes);
      expect(movedElsewhere).toBe(0);
      // What moves is exactly the newcomer's arcs, of which the users are a sample …
      const arcs = arcShare(after?.points ?? [], 10);
      expect(Math.abs(share - arcs)).toBeLessThan(sampling(arcs));
      // … and of n = 11·v random points, v take a share of mean 1/11 and the spread of a Beta(v, n - v) distribution.
      expect(Math.abs(arcs - 1 / 11)).toBeLessThan(3 * spread(nodes));
    },
  );

  it('a ring’s shares have the spread of theory, which shrinks with the virtual nodes', () => {
    for (const nodes of [1, 10, 100, 400]) {
      // Each fleet of other names is a throw of its own.
      const shares = Array.from({ length: cases(40, 16) }, (_, fleet) => {
        const names = servers(11).map((name) => `${name}.fleet-${fleet}`);
        const { points } = ownersOf('ring', names, nodes);
        return names.map((_, server) => arcShare(points, server));
      }).flat();
      const variance = shares.reduce((sum, share) => sum + (share - 1 / 11) ** 2, 0) / shares.length;
      const ratio = Math.sqrt(variance) / spread(nodes);
      expect(ratio, `${nodes} virtual nodes`).toBeGreaterThan(0.8);
      expect(ratio, `${nodes} virtual nodes`).toBeLessThan(1.25);
    }
  });

  it('jump moves more where a server leaves that is not the last', () => {
    const all = ownersOf('jump', servers(11), 1);
    const names = servers(11);
    const left = names.filter((name) => name !== 'server-3');
    const fewer = ownersOf('jump', left, 1);
    const moved = USERS.filter((user) => names[all.ownerOf(user)] !== left[fewer.ownerOf(user)]).length;
    expect(moved / USERS.length).toBeGreaterThan(0.5);
  });
});

it('a place behind the last point belongs to the first', () => {
  const points = [
    { at: 10, owner: 0 },
    { at: 20, owner: 1 },
  ];
  expect([0, 10, 11, 20, 21].map((at) => arcOf(points, at).owner)).toEqual([0, 0, 1, 1, 0]);
});

it('nobody owns anything where nobody is', () => {
  for (const algorithm of ['modulo', 'ring', 'rendezvous', 'jump'] as const)
    expect(ownersOf(algorithm, [], 10).ownerOf('user-1')).toBe(-1);
});

/** Standard deviation of a server's share of the ring: Beta(v, 11·v - v). */
function spread(virtualNodes: number): number {
  return Math.sqrt(((1 / 11) * (10 / 11)) / (11 * virtualNodes + 1));
}

/** The share of the ring that a server's arcs cover. */
function arcShare(points: readonly { at: number; owner: number }[], owner: number): number {
  let sum = 0;
  points.forEach((point, index) => {
    const before = points[(index + points.length - 1) % points.length]?.at ?? 0;
    if (point.owner === owner)
      sum += (point.at - before + 2 ** 32) % 2 ** 32 || (points.length === 1 ? 2 ** 32 : 0);
  });
  return sum / 2 ** 32;
}
