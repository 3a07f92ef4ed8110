import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/scenarios/run.ts';
import { presetScenario, recordsOf, run, variant } from './worlds.ts';

/** Of a full segment: its bytes of the stream, and its headers. */
const [MSS, HEADER] = [1448, 52];
/** Round trip between the edge and the server, ms. */
const DATACENTER_MS = 0.5;

const responsesOf = (world: Run, group = 'reader') => world.report().groups[group]!.http.responses;

/** Two polls on one connection: the first brings nothing, the second a message of that size. */
function twoPolls(bytes: number, access: object, tls = 'none'): Run {
  return run({
    version: 1,
    durationMs: 9_000,
    settleMs: 500,
    network: { access },
    edge: { tls },
    publishers: [{ name: 'camera', room: 'stills', bytes, arrivals: { kind: 'at', timesMs: [2_500] } }],
    clients: [{ name: 'reader', transport: { kind: 'polling', intervalMs: 5_000 } }],
  });
}

/** Bytes of the second answer, header and all. */
const answerBytes = (world: Run): number =>
  Number(recordsOf(world, 'unit.sent').findLast(({ messages }) => Number(messages) > 0)?.bytes);

describe('first byte and last byte of a response', () => {
  it('are one where it fits in a segment', () => {
    const { begun, complete, firstByteMs, lastByteMs } = responsesOf(twoPolls(500, { rttMs: 40 }));
    expect([begun, complete]).toEqual([2, 2]);
    expect(lastByteMs).toEqual(firstByteMs);
    expect(firstByteMs.min).toBeGreaterThan(40 + DATACENTER_MS);
    expect(firstByteMs.max).toBeLessThan(43);
  });

  it('are one where it fits in the first flight of ten segments', () => {
    const world = twoPolls(9 * MSS, { rttMs: 100 });
    expect(Math.ceil(answerBytes(world) / MSS)).toBe(10);
    const { firstByteMs, lastByteMs } = responsesOf(world);
    expect(lastByteMs).toEqual(firstByteMs);
  });

  it.each([
    [11, 1],
    [30, 1],
    [31, 2],
    [70, 2],
  ])('of %i segments lie %i round trips of slow start apart', (segments, rounds) => {
    // 10 segments, then twice as many each round trip (RFC 6928, RFC 5681 §3.1). The header takes part of the first.
    const world = twoPolls((segments - 1) * MSS, { rttMs: 100 });
    expect(Math.ceil(answerBytes(world) / MSS)).toBe(segments);
    const { firstByteMs, lastByteMs } = responsesOf(world);
    expect(lastByteMs.max! - firstByteMs.min!).toBeCloseTo(rounds * (100 + DATACENTER_MS), 3);
  });

  it.each([500, 1_000, 4_000])(
    'lie as far apart as the link at %i kbit/s takes for what lies between',
    (kbps) => {
      const world = twoPolls(20_000, { rttMs: 20, rateKbps: kbps });
      const bytes = answerBytes(world);
      const others = Math.ceil(bytes / MSS) - 1;
      const { firstByteMs, lastByteMs } = responsesOf(world);
      const between = ((bytes - MSS + others * HEADER) * 8) / kbps;
      expect(lastByteMs.max! - firstByteMs.max!).toBeCloseTo(between, 2);
    },
  );

  it('behind TLS nothing can be read before the first record of 16 kB is whole: a round trip later than without', () => {
    const [plain, sealed] = ['none', '1.3'].map((tls) => responsesOf(twoPolls(50_000, { rttMs: 100 }, tls)));
    expect(sealed!.firstByteMs.max! - plain!.firstByteMs.min!).toBeCloseTo(100 + DATACENTER_MS, 3);
    expect(sealed!.lastByteMs.max).toBe(plain!.lastByteMs.max);
  });
});

describe('which responses have which', () => {
  const edges = [4_096, null].map((bufferBytes) => {
    const world = run({
      ...presetScenario('buffering-proxy'),
      edge: { loadBalancer: { kind: 'layer-7', bufferBytes } },
      expect: [],
    });
    return (group: string) => responsesOf(world, group);
  });
  const [collected, passed] = edges as [(typeof edges)[0], (typeof edges)[0]];

  it('an event stream begins and does not end; a proxy that collects it holds its first byte too', () => {
    expect(collected('sse')).toMatchObject({ begun: 1, complete: 0, lastByteMs: { count: 0, max: null } });
    expect(collected('sse').firstByteMs.min).toBeGreaterThan(5_000);
    expect(passed('sse').firstByteMs.max).toBeLessThan(70);
  });

  it('a 101 ends with its header, and what comes after it is no response', () => {
    const { begun, complete, firstByteMs, lastByteMs } = collected('websocket');
    expect([begun, complete]).toEqual([1, 1]);
    expect(lastByteMs).toEqual(firstByteMs);
  });

  it('a long poll is held before its first byte', () => {
    const world = run({
      version: 1,
      durationMs: 30_000,
      settleMs: 1_000,
      edge: { tls: 'none' },
      network: { access: { rttMs: 40 } },
      publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'at', timesMs: [20_000] } }],
      clients: [{ name: 'reader', transport: { kind: 'long-polling', holdMs: 60_000 } }],
    });
    const { requests, responses } = world.report().groups.reader!.http;
    // The first is answered at once, the second after its hold; the third is still held.
    expect([requests, responses.begun, responses.complete]).toEqual([3, 2, 2]);
    expect(responses.firstByteMs.max).toBeGreaterThan(19_800);
    expect(responses.lastByteMs.max! - responses.firstByteMs.max!).toBeLessThan(1);
  });

  it('a stream that its server ends has a last byte: whom it sends away gets the last chunk', () => {
    const { http } = variant('ring-stale-view').report().groups.user!;
    const { begun, complete, lastByteMs } = http.responses;
    expect(begun).toBe(http.requests);
    expect(complete).toBeGreaterThan(0);
    expect(complete).toBeLessThan(begun);
    expect(lastByteMs.min).toBeGreaterThan(1_000);
  });

  it('what is cut off has begun and is not complete', () => {
    const world = run({
      version: 1,
      durationMs: 9_000,
      settleMs: 500,
      network: { access: { rttMs: 100 } },
      edge: { tls: 'none' },
      publishers: [
        { name: 'camera', room: 'stills', bytes: 50_000, arrivals: { kind: 'at', timesMs: [2_500] } },
      ],
      clients: [{ name: 'reader', transport: { kind: 'polling', intervalMs: 5_000 } }],
      // Between its first flight and its second.
      faults: [{ kind: 'client-disconnect', target: 'reader', atMs: 5_250 }],
    });
    expect(responsesOf(world)).toMatchObject({ begun: 2, complete: 1 });
  });
});
