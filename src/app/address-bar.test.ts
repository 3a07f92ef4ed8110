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
