import { expect, test } from 'vitest';
import { COLUMN } from '../../src/trace/trace.ts';
import { thingText } from '../../src/views/ladder/caption.ts';
import { frameOf } from '../../src/views/ladder/layout.ts';
import { viaName } from '../../src/views/ladder/pairs.ts';
import { endsOf } from '../../src/views/packets/ends.ts';
import { fleetTrace } from './fleet-world.ts';

const PROXY = { tls: 'none', proxy: { kind: 'intercepting' } } as const;

/** Where clients' connections end, by what stands before two servers, and what their lifelines say of it. */
const ENDS = [
  ['nothing', {}, /^Server [12]$/, ''],
  ['packets passed on', { loadBalancer: { kind: 'layer-4' } }, /^(Server [12]|Load balancer)$/, ''],
  ['requests passed on', { loadBalancer: { kind: 'layer-7' } }, /^Load balancer$/, 'via balancer'],
  ['a proxy', PROXY, /^Proxy$/, 'via proxy'],
  ['a proxy and packets passed on', { ...PROXY, loadBalancer: { kind: 'layer-4' } }, /^Proxy$/, 'via proxy'],
  ['a proxy and requests passed on', { ...PROXY, loadBalancer: { kind: 'layer-7' } }, /^Proxy$/, 'via proxy'],
  ['a proxy that cannot read', { ...PROXY, tls: '1.3' }, /^Server [12]$/, ''],
] as const;

test.each(ENDS)('with %s, packets and arrows end where their connection does', (_name, edge, end, via) => {
  const trace = fleetTrace({ servers: { count: 2 }, edge, durationMs: 1_500 });
  const header = trace.header as NonNullable<typeof trace.header>;
  expect(viaName(header, 0)).toBe(via);
  const packets = trace.table('packet.sent');
  const { link, connection } = COLUMN['packet.sent'];
  const servers = new Set<string>();
  for (let row = 0; row < packets.length; row++) {
    const number = packets.get(row, link);
    if (header.links[number >> 1]?.kind !== 'access' || packets.get(row, connection) === 0) continue;
    const down = (number & 1) === 1;
    const { from, to } = endsOf(trace, header, {
      link: number,
      down,
      connection: packets.get(row, connection),
    });
    servers.add(down ? from : to);
  }
  expect(servers.size).toBeGreaterThan(0);
  for (const one of servers) expect(one).toMatch(end);

  const frame = frameOf(trace, header, {
    clients: [0],
    depth: 4,
    scale: 'time',
    width: 1180,
    height: 900,
    anchor: { us: 1_500_000, y: 880 },
    pxPerUs: 0.0006,
    nowUs: 1_500_000,
  });
  const texts = frame.arrows.map((arrow) => thingText(trace, frame, arrow));
  // A name server is no server of the scenario's, whatever lifeline its arrows are drawn towards.
  expect(texts.some((text) => text.includes('SSE 1 to Resolver'))).toBe(true);
  for (const text of texts.filter((one) => !one.includes('Resolver'))) {
    const [, from = '', to = ''] = /, ([^,]+) to ([^,]+), \S+/.exec(text) ?? [];
    expect([from, to].filter((name) => name !== 'SSE 1')).toEqual([expect.stringMatching(end)]);
  }
});
