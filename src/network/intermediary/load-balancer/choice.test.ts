import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Choice } from './choice.ts';

const ALL = [0, 1, 2];

describe('round robin', () => {
  it('deals in turn, and leaves out who is not there', () => {
    const choice = new Choice(3, 'round-robin');
    const deal = (candidates: number[], times: number) =>
      Array.from({ length: times }, () => choice.pick(candidates, 0));
    expect(deal(ALL, 4)).toEqual([0, 1, 2, 0]);
    expect(deal([0, 2], 3)).toEqual([2, 0, 2]);
    expect(deal(ALL, 3)).toEqual([0, 1, 2]);
  });
});

describe('least connections', () => {
  it('fills the emptiest first, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 6 }), fc.nat(60), (open, more) => {
        const choice = new Choice(open.length, 'least-connections');
        open.forEach((connections, server) => {
          for (let i = 0; i < connections; i++) choice.took(server);
        });
        const candidates = open.map((_, server) => server);
        for (let i = 0; i < more; i++) choice.took(choice.pick(candidates, 0));
        // Nobody who was given one has more than one above the least.
        const least = Math.min(...choice.open);
        choice.open.forEach((now, server) => {
          if (now > (open[server] as number)) expect(now).toBeLessThanOrEqual(least + 1);
        });
      }),
    );
  });
});

describe('source hash', () => {
  it('gives an address the same server for as long as their number stays', () => {
    const choice = new Choice(4, 'source-hash');
    const servers = [0, 1, 2, 3];
    const addresses = Array.from({ length: 4000 }, (_, client) => client * 4096);
    const first = addresses.map((address) => choice.pick(servers, address));
    expect(addresses.map((address) => choice.pick(servers, address))).toEqual(first);
    // About a quarter each: four standard deviations of a binomial are 110.
    for (const server of servers) {
      const share = first.filter((chosen) => chosen === server).length;
      expect(Math.abs(share - 1000)).toBeLessThan(110);
    }
  });

  it('moves most addresses when a server leaves: all of its own, and two thirds of the others', () => {
    const choice = new Choice(4, 'source-hash');
    const addresses = Array.from({ length: 4000 }, (_, client) => client * 4096);
    const moved = addresses.filter(
      (address) => choice.pick([0, 1, 2, 3], address) !== choice.pick([0, 1, 2], address),
    ).length;
    // Of hash mod 4 and mod 3 the same number comes out for 3 of 12 residues.
    expect(Math.abs(moved / 4000 - 0.75)).toBeLessThan(0.03);
  });
});

it('has nobody to choose from where nobody is', () => {
  for (const algorithm of ['round-robin', 'least-connections', 'source-hash'] as const)
    expect(new Choice(2, algorithm).pick([], 7)).toBe(-1);
});
