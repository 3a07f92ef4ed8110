import { expect, test } from 'vitest';
import { PACKET } from '../../src/trace/kinds.ts';
import { contentsOf } from '../../src/views/packets/contents.ts';
import { headerParts } from '../../src/views/packets/header-fields.ts';
import { packetFacts, packetModel, SHOWS, type Show } from '../../src/views/packets/model.ts';
import { same } from '../holds.ts';
import { simulated } from './run.ts';

const trace = simulated('race', { 'network.access.lossPct': 6 });
const header = trace.header!;
const packets = [...trace.all(['packet.sent'])];

const wanted: Record<Show, (packet: (typeof packets)[number], now: number) => boolean> = {
  all: () => true,
  'with data': (packet) => (packet.dataBytes as number) > 0,
  lost: (packet, now) => packet.dropsAtUs !== undefined && (packet.dropsAtUs as number) <= now,
  'sent again': (packet) => (packet.why as number) > 0,
};

test.each(SHOWS)('"%s" shows the packets that a look at every record finds, and none too early', (show) => {
  for (const client of [null, 2]) {
    const model = packetModel(trace, { show, client });
    for (const now of [0, 250_000, 9_000_000, 3_000_000, 99_000_000]) {
      const { count, row } = model.at(now);
      const rows = Array.from({ length: count }, (_, index) => packetFacts(trace, row(index)).seq);
      const expected = packets.filter(
        (packet) =>
          packet.atUs <= now &&
          wanted[show](packet, now) &&
          (client === null || (packet.link as string).startsWith(`${header.links[client]!.name}/`)),
      );
      expect(rows).toEqual(expected.map(({ seq }) => seq));
    }
  }
});

test('a loss turns up in its list at the moment of the loss', () => {
  const model = packetModel(trace, { show: 'lost', client: null });
  for (const packet of packets.filter(({ dropsAtUs }) => dropsAtUs !== undefined)) {
    const at = packet.dropsAtUs as number;
    expect(model.at(at).count).toBeGreaterThan(model.at(at - 1).count);
  }
});

test('headers and data add up to the packet; every row of a header is 32 bits', () => {
  for (let row = 0; row < packets.length; row++) {
    const packet = packetFacts(trace, row);
    const parts = headerParts(packet, 'a', 'b');
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    same(bytes + (packet.udp ? packet.bytes - bytes : packet.dataBytes), packet.bytes);
    for (const part of parts) {
      const bits = part.fields.reduce((sum, field) => sum + field.bits, 0);
      same(bits % 32, 0);
      for (const { value, absent } of part.fields) same(absent !== undefined && value !== '', false);
    }
    const tcp = parts[1]!;
    if (tcp.title !== 'TCP') continue;
    same(tcp.bytes % 4, 0);
    const options = tcp.fields.find(({ name }) => name === 'options')?.value ?? '';
    if (packet.what & PACKET.SYN) expect(options).toContain('window scale');
    else if (tcp.bytes > 32) expect(options).toMatch(/SACK with [123] block/);
    else expect(options).toBe('12 B: timestamps');
  }
});

test('the units inside a packet are those handed to its connection, and TLS wraps each in 22 bytes', () => {
  const units = [...trace.all(['unit.sent'])];
  const { connections } = { connections: new Map(units.map((unit) => [unit.unit, unit])) };
  let wrapped = 0;
  packets.forEach((record, row) => {
    const packet = packetFacts(trace, row);
    const { units: inside, sealBytes } = contentsOf(trace, packet);
    for (const { unit, bytes, payloadBytes } of inside) {
      const sent = connections.get(unit)!;
      expect(sent).toMatchObject({ connection: record.connection, down: packet.down ? 1 : 0, bytes });
      expect(payloadBytes).toBe(120 * (sent.messages as number));
      expect(payloadBytes).toBeLessThanOrEqual(bytes);
    }
    if (packet.dataBytes === 0) expect(inside).toEqual([]);
    if (sealBytes === null || sealBytes === 0) return;
    wrapped++;
    expect(sealBytes % 22).toBe(0);
  });
  expect(wrapped).toBeGreaterThan(100);
});
