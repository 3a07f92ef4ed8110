import { describe, expect, it } from 'vitest';
import { PACKET } from '../../src/trace/kinds.ts';
import type { TraceRecord } from '../../src/trace/trace.ts';
import { presetScenario, recordsOf, run, showsItsLesson } from './worlds.ts';

const LOOKUP_US = 30_000;
const TIMEOUT_US = 5_000_000;

/** Polls that ask for the name each time, over links that lose nothing. The second client begins at another moment. */
const asking = (lossPct: number, over: object = {}) =>
  run({
    version: 1,
    seed: 3,
    durationMs: 60_000,
    settleMs: 1_000,
    network: { access: { rttMs: 40 }, dns: { lookupMs: LOOKUP_US / 1000, ttlMs: 0, lossPct } },
    publishers: [{ name: 'editor', room: 'doc', arrivals: { kind: 'periodic', everyMs: 900 } }],
    clients: [
      { name: 'one', transport: { kind: 'polling', intervalMs: 1_000, keepAlive: false } },
      { name: 'other', startMs: 437, transport: { kind: 'polling', intervalMs: 1_000, keepAlive: false } },
    ],
    ...over,
  });

type World = ReturnType<typeof run>;

const datagramsOf = (world: World): TraceRecord[] =>
  recordsOf(world, 'packet.sent').filter(({ what }) => Number(what) & PACKET.DNS);
/** A link is called by its client and its way: `one/1/up`. */
const clientOf = ({ link }: TraceRecord) => String(link).split('/')[0];
const wayOf = ({ link }: TraceRecord) => String(link).split('/').at(-1);
const isLost = ({ dropsAtUs }: TraceRecord) => dropsAtUs !== undefined;

describe('a lost datagram of DNS', () => {
  const world = asking(8);
  const datagrams = datagramsOf(world);
  const lost = datagrams.filter(isLost);

  it('costs its lookup the resolver’s timeout, once for each, and nothing else', () => {
    expect(new Set(lost.map(wayOf))).toEqual(new Set(['up', 'down']));
    const took = recordsOf(world, 'name.resolved').map(({ tookUs }) => Number(tookUs));
    const timeouts = took.map((us) => (us - LOOKUP_US) / TIMEOUT_US);
    expect(timeouts.filter((times) => !Number.isInteger(times))).toEqual([]);
    // A lookup that is still under way when the run ends has lost datagrams too.
    const answered = timeouts.reduce((sum, times) => sum + times, 0);
    expect(lost.length - answered).toBeGreaterThanOrEqual(0);
    expect(lost.length - answered).toBeLessThanOrEqual(2);
    expect(answered).toBeGreaterThan(5);
  });

  it('is asked for again by the next query alone, 5 s after the one before', () => {
    for (const [index, again] of datagrams.entries()) {
      if (again.why === 0) continue;
      const before = datagrams.slice(0, index).findLast(({ link }) => link === again.link);
      expect(again.atUs - (before?.atUs ?? 0)).toBe(TIMEOUT_US);
    }
    const repeated = datagrams.filter(({ why }) => why !== 0).length;
    const groups = Object.values(world.report().groups);
    expect(groups.reduce((sum, { dns }) => sum + dns.repeated, 0)).toBe(repeated);
  });

  it('counts on the wire as sent and as lost, and what asks again as sent again', () => {
    const { wire } = world.report().totals;
    expect(wire.lostPackets).toBe(lost.length);
    expect(wire.retransmissions).toBe(datagrams.filter(({ why }) => why !== 0).length);
    const onAccess = recordsOf(world, 'packet.sent').filter((packet) => clientOf(packet)?.startsWith('o'));
    expect(wire.packets).toBe(onAccess.length);
  });

  it('holds nobody else back: who loses none fares as if none were lost', () => {
    const deliveries = (of: World, client: number) =>
      recordsOf(of, 'message.delivered')
        .filter((record) => record.client === client)
        .map(({ atUs, message, latencyUs }) => [atUs, message, latencyUs]);
    const [clear, luckier] = [0, 2].map((lossPct) => asking(lossPct, { durationMs: 30_000 })) as [
      World,
      World,
    ];
    expect(new Set(datagramsOf(luckier).filter(isLost).map(clientOf))).toEqual(new Set(['one']));
    const [unlucky, spared] = [0, 1];
    expect(deliveries(luckier, spared)).toEqual(deliveries(clear, spared));
    expect(deliveries(luckier, unlucky)).not.toEqual(deliveries(clear, unlucky));
  });

  it('is lost where more is lost as well: each query has luck of its own', () => {
    const queries = (lossPct: number) =>
      datagramsOf(asking(lossPct))
        .filter(({ link }) => link === 'one/1/up')
        .map(isLost);
    const [few, more] = [queries(8), queries(30)];
    const both = few.slice(0, more.length);
    expect(both).toContain(true);
    expect(both.map((gone, index) => gone && !more[index])).not.toContain(true);
  });

  it('where all are lost there is no address, and nothing but queries every 5 s', () => {
    const none = asking(100, { durationMs: 18_000 });
    expect(none.report().groups.one).toMatchObject({
      neverReady: 1,
      dns: { answers: 0, repeated: 3 },
      connections: { attempts: 0 },
      wire: { packets: 4, lostPackets: 4, retransmissions: 3 },
    });
  });

  it('is a matter of DNS alone: what the access link loses it does not', () => {
    expect(datagramsOf(asking(0, { network: { access: { lossPct: 50 } } })).filter(isLost)).toEqual([]);
  });

  it('without loss nobody draws: the run is that of a scenario without the option', () => {
    const { network, ...rest } = presetScenario('dns-down');
    const { fingerprint } = run({ ...rest, network }).report().engine;
    const dns = { ...network?.dns, lossPct: 0 };
    expect(run({ ...rest, network: { ...network, dns } }).report().engine.fingerprint).toBe(fingerprint);
  });
});

describe('lost-datagram', () => showsItsLesson('lost-datagram'));
