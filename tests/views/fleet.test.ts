import { expect, test } from 'vitest';
import type { ScenarioInput } from '../../src/scenarios/validate.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { frameOf } from '../../src/views/ladder/layout.ts';
import { peerPairs, peersName } from '../../src/views/ladder/peers.ts';
import { connectedOf } from '../../src/views/reading/connected.ts';
import { peerLinksOf } from '../../src/views/reading/peer-links.ts';
import { legCut, outageOf, peerTrouble, placesOf, shortTitle } from '../../src/views/reading/places.ts';
import { lineWords } from '../../src/views/stage/host-cards.tsx';
import { packetsInFlight } from '../../src/views/stage/in-flight.ts';
import { layoutStage } from '../../src/views/stage/layout.ts';
import { labelPlace } from '../../src/views/stage/link-labels.tsx';
import { serverOfClient } from '../../src/views/stage/server-of.ts';
import type { Box } from '../../src/views/stage/stage-layout.ts';
import { holds, same } from '../holds.ts';
import { fleetTrace } from './fleet-world.ts';

const kafka = fleetTrace({
  faults: [
    { kind: 'partition', between: ['server-1', 'kafka-1'], direction: 'forth', atMs: 1_000, forMs: 500 },
    { kind: 'broker-crash', target: 'kafka-2', atMs: 1_200, forMs: 1_000 },
  ] as unknown as NonNullable<ScenarioInput['faults']>,
});
const balanced = fleetTrace({
  backplane: { kind: 'redis-pubsub' },
  edge: { loadBalancer: { kind: 'layer-7' } },
} as Partial<ScenarioInput>);

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

const SIZES = [
  [1600, 1000],
  [860, 380],
  [670, 330],
  [500, 400],
  [390, 500],
] as const;

test.each(SIZES.flatMap(([w, h]) => [1, 3, 4, 10, 40, 100].map((n) => [n, w, h] as const)))(
  '%d servers at %d × %d: everything stands inside and apart',
  (count, width, height) => {
    for (const trace of [kafka, balanced]) {
      const header = {
        ...trace.header!,
        servers: Array.from({ length: count }, (_, i) => ({ name: `server-${i + 1}` })),
      };
      const layout = layoutStage(header, { width, height });
      const boxes = [
        layout.source,
        ...[...layout.sources, ...layout.nodes, ...layout.servers, ...layout.rows].map(({ box }) => box),
        ...(layout.balancer === null ? [] : [layout.balancer]),
      ];
      expect(layout.servers.length).toBe(count);
      boxes.forEach((box, i) => {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        for (let j = i + 1; j < boxes.length; j++)
          holds(apart(box, boxes[j] as Box), () => `boxes ${i} and ${j} overlap`);
      });
    }
  },
);

test('a server that is looked at shows its own clients, and all others in one row', () => {
  const header = kafka.header!;
  const clients = header.clients.map((_, client) => client);
  const own = clients.filter((client) => serverOfClient(kafka, client, 2_000_000) === 1);
  const { rows, shown } = layoutStage(header, { width: 860, height: 700 }, own);
  expect(own.length).toBe(4);
  expect(shown).toBe(4);
  expect(rows.flatMap(({ row }) => (row.kind === 'client' ? [row.client] : []))).toEqual(own);
  const others = rows.flatMap(({ row }) => (row.kind === 'rest' ? row.clients : []));
  expect(others.sort((a, b) => a - b)).toEqual(clients.filter((client) => !own.includes(client)));
});

test.each([
  ['kafka', kafka],
  ['balanced', balanced],
])('%s: every packet under way is on the stage, on the way of its link', (_, trace) => {
  const header = trace.header!;
  const layout = layoutStage(header, { width: 860, height: 420 });
  const table = trace.table('packet.sent');
  const { link, arrivesAtUs, dropsAtUs } = COLUMN['packet.sent'];
  const kinds = new Set<string>();
  for (let now = 0; now < 4_000_000; now += 33_331) {
    const brute: number[] = [];
    for (let row = 0; row < table.length; row++) {
      const drops = table.get(row, dropsAtUs);
      const end = table.atUs(row) + (drops >= 0 ? drops : table.get(row, arrivesAtUs));
      if (table.atUs(row) <= now && end > now) brute.push(row);
    }
    const placed = packetsInFlight(trace, layout, now, 0, false);
    same(
      placed.map(({ row }) => row),
      brute,
    );
    for (const { row, share, place } of placed) {
      const one = header.links[table.get(row, link) >> 1]!;
      kinds.add(one.kind);
      if (one.kind !== 'backplane' || table.get(row, dropsAtUs) >= 0) continue;
      const covered = (now - table.atUs(row)) / table.get(row, arrivesAtUs);
      const up = (table.get(row, link) & 1) === 0;
      holds(
        Math.abs((up ? share : 1 - share) - covered) < 5e-10,
        () => `row ${row} is not where its time is`,
      );
      const way = layout.between(one.from, one.to)!.at(share);
      holds(Math.hypot(way.x - place.x, way.y - place.y) < 6, () => `row ${row} is off its link`);
    }
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining(trace === kafka ? ['backplane'] : ['datacenter', 'access']),
  );
});

test('connections of hop 2 and connected clients are what a look at every record finds', () => {
  const opener = new Map<number, [number, number]>();
  const attempted = new Map<number, number>();
  const open = new Set<number>();
  /** Connections of hop 2 that are open at the end that was called. */
  const accepted = new Set<number>();
  const records = [...kafka.all()];
  const header = kafka.header!;
  const peers = peerLinksOf(kafka);
  const crowds = ['sse', 'polling'].map((group) => {
    const members = header.clients.flatMap((one, client) => (one.group === group ? [client] : []));
    return [group, members] as const;
  });
  let next = 0;
  for (let now = 0; now <= 4_000_000; now += 250_000) {
    for (; next < records.length && records[next]!.atUs <= now; next++) {
      const one = records[next]!;
      const connection = Number(one.connection);
      if (one.kind === 'peer.attempted') opener.set(connection, [Number(one.place), Number(one.peer)]);
      if (one.kind === 'connection.attempted') attempted.set(connection, Number(one.client));
      if (one.kind === 'connection.established' && one.down === 0) open.add(connection);
      if (one.kind === 'connection.closed' && one.down === 0) open.delete(connection);
      if (one.kind === 'connection.established' && one.down === 1) accepted.add(connection);
      if (one.kind === 'connection.closed' && one.down === 1) accepted.delete(connection);
    }
    header.places.forEach((_, place) => {
      const own = [...open].filter((connection) => opener.get(connection)?.[0] === place);
      const others = [...accepted].filter((connection) => opener.get(connection)?.[1] === place);
      expect(peers.openOf(place, now)).toBe(own.length + others.length);
    });
    header.links.forEach(({ kind, from, to }, link) => {
      if (kind !== 'backplane') return;
      const between = [...open].filter((connection) => {
        const [a, b] = opener.get(connection) ?? [-1, -1];
        return (a === from && b === to) || (a === to && b === from);
      });
      expect(peers.openAt(link, now)).toBe(between.length);
    });
    for (const [group, members] of crowds) {
      const clients = new Set(
        [...open].flatMap((connection) => {
          const client = attempted.get(connection) ?? -1;
          return header.clients[client]?.group === group ? [client] : [];
        }),
      );
      expect(connectedOf(kafka).among(members, now)).toBe(clients.size);
    }
  }
});

test('a partition cuts the way that it says, and a crash is the node’s', () => {
  const header = kafka.header!;
  const place = (name: string) => header.places.findIndex((one) => one.name === name);
  const link = peerLinksOf(kafka).between(place('server-1'), place('kafka-1'));
  const { from } = header.links[link]!;
  expect(peerTrouble(kafka, link, 900_000).cut).toBe('');
  expect(peerTrouble(kafka, link, 1_100_000).cut).toBe(from === place('server-1') ? 'up' : 'down');
  expect(peerTrouble(kafka, link, 1_600_000).cut).toBe('');
  const down = placesOf(header, 'node').filter((node) => outageOf(kafka, node, 1_300_000) !== null);
  expect(down).toEqual([place('kafka-2')]);
});

test.each(['both', 'forth', 'back'] as const)(
  'a server is parted from the load balancer as its packets are: %s',
  (direction) => {
    const cut = {
      kind: 'partition',
      between: ['load-balancer', 'server-2'],
      direction,
      atMs: 1_000,
      forMs: 1_500,
    };
    const trace = fleetTrace({
      backplane: { kind: 'redis-pubsub' },
      edge: { loadBalancer: { kind: 'layer-7', healthCheck: { intervalMs: 200, timeoutMs: 100 } } },
      faults: [cut],
    } as unknown as Partial<ScenarioInput>);
    const ways = { both: 'both', forth: 'up', back: 'down' };
    expect([900_000, 1_100_000, 2_600_000].map((us) => legCut(trace, 1, us))).toEqual([
      '',
      ways[direction],
      '',
    ]);
    expect(legCut(trace, 0, 1_100_000)).toBe('');
    const vanished = { up: new Set<boolean>(), down: new Set<boolean>() };
    for (const { link, atUs, dropsAtUs } of trace.all(['packet.sent'])) {
      const [, way] = /^datacenter\/server-2\/(up|down)$/.exec(String(link)) ?? [];
      if (way === undefined || atUs < 1_000_000 || atUs > 2_500_000) continue;
      vanished[way as 'up' | 'down'].add(Number(dropsAtUs) >= 0);
    }
    expect(vanished.up).toEqual(new Set(direction === 'back' ? [false] : [true]));
    expect([...vanished.down].every((one) => one === (direction !== 'forth'))).toBe(true);
  },
);

test('on the ladder hop 2 runs from left to right as an update does, each packet of its link an arrow', () => {
  const header = kafka.header!;
  const pairs = peerPairs(header);
  expect(pairs.length).toBe(header.links.filter(({ kind }) => kind === 'backplane').length);
  expect(peersName(header, pairs[0]!)).toBe('Editor → Broker 1');
  const pair = pairs.find((one) => peersName(header, one) === 'Broker 1 → Server 1')!;
  const depth = 4;
  const view = { clients: [pair, 0], depth, scale: 'time', width: 900, height: 400, nowUs: 900_000 } as const;
  const frame = frameOf(kafka, header, { ...view, anchor: { us: 900_000, y: 380 }, pxPerUs: 0.0005 });
  expect(frame.pairs[0]!.name).toBe('Server 1');
  const own = frame.arrows.filter(({ facts }) => facts.client === pair);
  expect(own.length).toBeGreaterThan(0);
  const table = kafka.table('packet.sent');
  const { link } = COLUMN['packet.sent'];
  const { from } = header.links[pair]!;
  for (const { facts, x0, x1, fate } of own) {
    expect(table.get(facts.row, link) >> 1).toBe(pair);
    const up = (table.get(facts.row, link) & 1) === 0;
    const sender = up ? from : header.links[pair]!.to;
    if (fate !== 'lost') expect(x1 > x0).toBe(header.places[sender]!.kind === 'node');
  }
  // A fault of the link lies across it, and a crash is at its own lifeline.
  const later = frameOf(kafka, header, {
    ...view,
    nowUs: 1_600_000,
    anchor: { us: 1_600_000, y: 380 },
    pxPerUs: 0.0005,
  });
  const faults = later.spans.filter(({ kind, client }) => kind === 'fault' && client === pair);
  expect(faults.map(({ at }) => at)).toEqual(['link']);
});

test('a line cuts no name: words give way to a figure, and the name to what tells it apart', () => {
  const words = (width: number) =>
    lineWords({ name: 'Server 10', fact: '2\u202f000 open', figure: '2000' }, width, 1);
  expect(words(160)).toEqual({ name: 'Server 10', beside: '2\u202f000 open' });
  expect(words(116)).toEqual({ name: 'Server 10', beside: '2000' });
  expect(words(90)).toEqual({ name: 'S 10', beside: '2000' });
  expect(words(60)).toEqual({ name: 'S 10', beside: '' });
  expect(lineWords({ name: 'Kafka 2', fact: '', figure: '' }, 100, 1).name).toBe('Kafka 2');
});

test('a long title keeps what tells it from its like', () => {
  expect(shortTitle('Storage in zone a', 20)).toBe('Storage in zone a');
  expect(shortTitle('Storage in zone a', 12)).toBe('Zone a');
  expect(shortTitle('Broker 1', 3)).toBe('Broker 1');
});

test('labels of links that cross stand beside each other', () => {
  const level = { at: (share: number) => ({ x: share * 300, y: 10 }) };
  const first = labelPlace('40 ms', level, 0.5, []);
  expect(first.share).toBe(0.5);
  const second = labelPlace('40 ms', level, 0.5, [first.box]);
  expect(Math.abs(second.box.x - first.box.x)).toBeGreaterThanOrEqual(first.box.width - 4);
});

test('a label that gives way stays clear of the card at its link’s end', () => {
  const level = { at: (share: number) => ({ x: share * 300, y: 10 }) };
  const taken = [-0.16, 0, 0.16, -0.3].map((by) => labelPlace('40 ms', level, 0.64 + by, []).box);
  expect(labelPlace('40 ms', level, 0.64, taken).share).toBeLessThanOrEqual(0.85);
});
