import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupMember } from '../protocol.ts';
import { assign } from './assignors.ts';

const member = (server: number, partitions: number[] = []): GroupMember => ({
  id: 100 + server,
  server,
  partitions,
});
const dealt = (members: readonly GroupMember[]) => members.map(({ partitions }) => partitions);

describe('range and round-robin', () => {
  it('deal out neighbours, or in turn, whatever anybody had', () => {
    const members = [member(2, [0]), member(0), member(1)];
    expect(dealt(assign('range', members, 8))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
    expect(dealt(assign('round-robin', members, 8))).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5],
    ]);
  });
});

describe('cooperative-sticky', () => {
  it('leaves everybody what they have, and withholds what has to move until it is given back', () => {
    const members = [member(0, [0, 1, 2]), member(1, [3, 4, 5]), member(2)];
    const first = assign('cooperative-sticky', members, 6);
    expect(dealt(first)).toEqual([[0, 1], [3, 4], []]);
    expect(dealt(assign('cooperative-sticky', first, 6))).toEqual([
      [0, 1],
      [3, 4],
      [2, 5],
    ]);
  });

  it('gives each partition to one member, in equal shares, and moves none a second time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(99),
        (servers, partitions, salt) => {
          // Some partitions belong to somebody, from a time when there were other members.
          const owners = Array.from(
            { length: partitions },
            (_, one) => ((one + 1) * (salt + 3)) % (servers + 2),
          );
          const members = Array.from({ length: servers }, (_, server) =>
            member(
              server,
              owners.flatMap((owner, partition) => (owner === server ? [partition] : [])),
            ),
          );
          const settled = assign(
            'cooperative-sticky',
            assign('cooperative-sticky', members, partitions),
            partitions,
          );
          expect(
            dealt(settled)
              .flat()
              .sort((a, b) => a - b),
          ).toEqual([...owners.keys()]);
          const sizes = dealt(settled).map(({ length }) => length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(dealt(assign('cooperative-sticky', settled, partitions))).toEqual(dealt(settled));
        },
      ),
    );
  });
});
