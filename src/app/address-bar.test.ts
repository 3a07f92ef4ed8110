import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AddressBar } from './address-bar.ts';

const place = { hash: '#/play?preset=race&t=1000' };
beforeEach(() => {
  place.hash = '#/play?preset=race&t=1000';
  const replaceState = (_: unknown, __: string, hash: string) => {
    place.hash = hash;
  };
  vi.stubGlobal('location', place);
  vi.stubGlobal('history', { replaceState, pushState: replaceState });
});
afterEach(() => vi.unstubAllGlobals());

test('what is shown is written to the address', async () => {
  const bar = new AddressBar('play', async () => '#/play?preset=race&t=2000');
  await bar.replace();
  expect(place.hash).toBe('#/play?preset=race&t=2000');
  expect(bar.arrived(place.hash)).toBe(true);
});

test('somebody who is on the way to another address is not called back', async () => {
  let shown = '#/play?preset=race&t=2000';
  const bar = new AddressBar('play', async () => shown);
  // The browser has the new address, and tells of it a moment later.
  place.hash = '#/play?preset=one-lost-packet';
  await bar.replace();
  expect(place.hash).toBe('#/play?preset=one-lost-packet');
  expect(bar.arrived(place.hash)).toBe(false);
  shown = '#/play?preset=one-lost-packet&t=0';
  await bar.replace();
  expect(place.hash).toBe('#/play?preset=one-lost-packet&t=0');
});

test('nor somebody who has gone to another page', async () => {
  const bar = new AddressBar('play', async () => '#/play?preset=race&t=2000');
  place.hash = '#/compare';
  await bar.replace();
  expect(place.hash).toBe('#/compare');
});

test('of two addresses the later is shown, however long the earlier takes to be read', async () => {
  const bar = new AddressBar('play', async () => '');
  const waiting: (() => void)[] = [];
  const slowly = (hash: string) => new Promise<string>((resolve) => waiting.push(() => resolve(hash)));
  const first = bar.visited('#/play?preset=one-lost-packet', slowly);
  expect(await bar.visited('#/play?preset=race', async (hash) => hash)).toBe('#/play?preset=race');
  for (const done of waiting) done();
  expect(await first).toBeNull();
});

test('nor is an earlier one shown after Back to what this page wrote itself', async () => {
  const bar = new AddressBar('play', async () => '#/play?preset=race&t=2000');
  await bar.replace();
  const first = bar.visited('#/play?preset=one-lost-packet', async (hash) => hash);
  expect(await bar.visited(place.hash, async (hash) => hash)).toBeNull();
  expect(await first).toBeNull();
});

test('Back from an address that was typed reads again what this page wrote before', async () => {
  const bar = new AddressBar('play', async () => '#/play?preset=race&t=2000');
  await bar.replace();
  const own = place.hash;
  const read = async (hash: string) => hash;
  expect(await bar.visited('#/play?preset=one-lost-packet', read)).toBe('#/play?preset=one-lost-packet');
  expect(await bar.visited(own, read)).toBe(own);
});
