import { expect, test } from 'vitest';
import { COLUMN } from '../../src/trace/trace.ts';
import { costsOf } from '../../src/views/costs/model.ts';
import { latencyAxis, latencyExtent } from '../../src/views/latency/axis.ts';
import { densityOf, jitter, stripsOf } from '../../src/views/latency/model.ts';
import { fixtureTrace } from './fixture.ts';

const trace = fixtureTrace({ count: 3 });
const header = trace.header!;

/** What the costs are if every record is looked at. */
function bruteCosts(group: string, now: number) {
  const records = [...trace.all()].filter(({ atUs }) => atUs <= now);
  const members = header.clients.flatMap((client, i) => (client.group === group ? [i] : []));
  const mine = (client: unknown) => members.includes(client as number);
  const links = members.map((client) => header.links[client]!.name);
  const packets = records.filter(
    (r) => r.kind === 'packet.sent' && links.includes((r.link as string).replace(/\/(up|down)$/, '')),
  );
  const delivered = records.filter(
    (r) => r.kind === 'message.delivered' && mine(r.client) && r.expected === 1,
  );
  const latencies = delivered.map((r) => r.latencyUs as number).sort((a, b) => a - b);
  const ready = records.filter((r) => r.kind === 'client.ready' && mine(r.client));
  const published = records.filter((r) => r.kind === 'message.published');
  const expected = published.flatMap((m) => ready.filter((r) => r.atUs <= m.atUs)).length;
  const sum = (way: string) =>
    packets
      .filter((r) => (r.link as string).endsWith(way))
      .reduce((bytes, r) => bytes + (r.bytes as number), 0);
  const quantile = (share: number) => latencies[Math.max(0, Math.ceil(share * latencies.length) - 1)] ?? null;
  return {
    p50Us: quantile(0.5),
    p99Us: quantile(0.99),
    delivered: delivered.length,
    missing: expected - delivered.length,
    requests: records.filter(
      (r) => r.kind === 'unit.sent' && r.what === 'polling.request' && mine((r.connection as number) - 1),
    ).length,
    packets: packets.length,
    lostPackets: packets.filter((r) => r.dropsAtUs !== undefined).length,
    bytesUp: sum('up'),
    bytesDown: sum('down'),
  };
}

test('costs at any time, in any order of asking, equal a count of every record', () => {
  for (const now of [22_000_000, 0, 400_000, 9_999_999, 5_000_000, 5_000_001, 21_000_000]) {
    for (const costs of costsOf(trace, header).at(now)) {
      expect(costs).toMatchObject(bruteCosts(costs.group, now));
      expect(costs.bytesPerDelivery).toBe(
        costs.delivered === 0 ? null : (costs.bytesUp + costs.bytesDown) / costs.delivered,
      );
    }
  }
});

test('strips hold what was delivered up to the playhead, and nothing else', () => {
  const table = trace.table('message.delivered');
  for (const now of [0, 3_000_000, 22_000_000]) {
    stripsOf(trace, header)
      .at(now)
      .forEach((strip, group) => {
        const latencies: number[] = [];
        for (let row = 0; row < table.length && table.atUs(row) <= now; row++) {
          const client = table.get(row, COLUMN['message.delivered'].client);
          if (header.clients[client]!.group === strip.group)
            latencies.push(table.get(row, COLUMN['message.delivered'].latencyUs));
        }
        expect(strip.count).toBe(latencies.length);
        const ascending = [...latencies].sort((a, b) => a - b);
        expect([...stripsOf(trace, header).sortedAt(group, now)]).toEqual(ascending);
        if (latencies.length > 0) expect(strip.maxUs).toBe(Math.max(...latencies));
        expect(strip.dots.length).toBeLessThanOrEqual(30);
      });
  }
});

test('the axis reaches below a millisecond and beyond a minute, with labels that have room', () => {
  for (const [min, max] of [
    [50_000, 900_000],
    [40, 200],
    [400, 95_000_000],
    [1, 900_000_000],
  ] as const) {
    const { lowUs, highUs } = latencyExtent(min, max);
    expect(lowUs).toBeLessThanOrEqual(min);
    expect(highUs).toBeGreaterThanOrEqual(max);
    for (const width of [180, 300, 700]) {
      const { ticks, at } = latencyAxis(lowUs, highUs, width);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      ticks
        .slice(1)
        .forEach(({ us }, i) => expect((at(us) - at(ticks[i]!.us)) * width).toBeGreaterThanOrEqual(20));
    }
  }
  expect(latencyExtent(50_000, 900_000)).toEqual({ lowUs: 20_000, highUs: 5_000_000 });
});

test('a density is highest where most samples are', () => {
  const axis = latencyAxis(20_000, 5_000_000, 200);
  const density = densityOf(Float64Array.from([50_000, 50_000, 51_000, 900_000]), axis, 60);
  expect(Math.max(...density)).toBe(1);
  expect(density.indexOf(1)).toBe(Math.round(axis.at(50_000) * 60));
  expect(densityOf(new Float64Array(), axis, 10)).toEqual(Array(11).fill(0));
});

test('jitter is the same for the same delivery and spreads over the strip', () => {
  const places = Array.from({ length: 500 }, (_, i) => jitter(i, 2));
  expect(jitter(7, 2)).toBe(places[7]);
  expect(Math.min(...places)).toBeLessThan(-0.9);
  expect(Math.max(...places)).toBeGreaterThan(0.9);
  expect(places.every((place) => Math.abs(place) <= 1)).toBe(true);
});
