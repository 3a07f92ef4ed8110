import { describe, expect, test } from 'vitest';
import { PROXY } from '../../src/trace/kinds.ts';
import { nowSentence, storyOf, storyOfDelivery } from '../../src/trace/story/index.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import {
  clientName,
  clientOfConnection,
  serverName,
  serverOfConnection,
} from '../../src/views/log/owners.ts';
import { legCut } from '../../src/views/reading/places.ts';
import { linkTrouble } from '../../src/views/stage/host-state.ts';
import { packetsInFlight } from '../../src/views/stage/in-flight.ts';
import { layoutStage } from '../../src/views/stage/layout.ts';
import { asText, clean, presetWith, traceOf } from './story-runs.ts';

const CLIENT = { kind: 'client', client: 0 } as const;
const LAYERS = ['layer-4', 'layer-7'] as const;
const through = (proxy: object, edge: object = {}) => ({
  edge: { tls: 'none', proxy: { kind: 'intercepting', ...proxy }, ...edge },
});
const refusedUs = (trace: Trace) =>
  [...trace.all(['machine.moved'])].find(({ event }) => event === 'refused')?.atUs ?? 0;

describe('a proxy that takes Upgrade away', () => {
  const trace = traceOf(presetWith('port-80', {}));

  test('why its client is not connected', async () => {
    const story = storyOf(trace, { kind: 'client', client: 2 }, 2_000_000);
    await expect(asText(trace, story)).toMatchFileSnapshot('./stories/port-80.txt');
  });

  test('whose doing it was, when the answer comes', () => {
    const said = nowSentence(trace, refusedUs(trace) + 1);
    expect(said?.headline).toBe('The WebSocket client got no WebSocket: 426 Upgrade Required.');
    expect(said?.why).toMatch(/^The proxy left Upgrade out of the request/);
    expect(said?.terms).toEqual(['hop-by-hop fields']);
    expect(storyOfDelivery(trace, 1, 2)?.sentence).toContain('the proxy passes it on without Upgrade');
  });

  test('with a load balancer behind it, it is still the proxy', () => {
    for (const kind of LAYERS) {
      const chained = traceOf(clean({ kind: 'websocket' }, 500, [], through({}, { loadBalancer: { kind } })));
      expect(storyOf(chained, CLIENT, 5_000_000)?.sentence).toContain('because the proxy passes it on');
    }
    const balancers = { kind: 'layer-7', upgrade: 'removed' };
    const other = traceOf(
      clean({ kind: 'websocket' }, 500, [], through({ upgrade: 'passed' }, { loadBalancer: balancers })),
    );
    expect(storyOf(other, CLIENT, 5_000_000)?.sentence).toContain('because the load balancer passes it on');
  });
});

test('a proxy that answers 403 itself is told as the one that did', () => {
  const trace = traceOf(clean({ kind: 'websocket' }, 500, [], through({ upgrade: 'refused' })));
  const story = storyOf(trace, CLIENT, 5_000_000);
  expect(story?.sentence).toContain('403 Forbidden');
  expect(story?.sentence).toContain('because the proxy lets no Upgrade pass');
  expect(story?.terms).toContain('hop-by-hop fields');
  const said = nowSentence(trace, refusedUs(trace) + 1);
  expect(said?.why).toContain(
    'The proxy lets nobody speak another protocol, and the server heard nothing of it.',
  );
});

test('a stream that a proxy holds back is told as lying there, and the rule is named', () => {
  const trace = traceOf(clean({ kind: 'sse' }, 500, [], through({ responses: 'buffered' })));
  const story = (nowUs: number) => storyOf(trace, CLIENT, nowUs);
  const held =
    'Not connected: the proxy has the beginning of its answer, and passes none of it on before it is whole';
  expect(story(150_000)?.sentence).not.toContain('proxy');
  expect(story(5_000_000)?.sentence).toContain(held);
  expect(story(5_000_000)?.terms).toContain('streaming and buffering');
  expect(storyOfDelivery(trace, 1, 0)?.sentence).toContain('passes none of it on');
  const streamed = traceOf(clean({ kind: 'sse' }, 500, [], through({})));
  expect(storyOf(streamed, CLIENT, 5_000_000)?.sentence).not.toContain('proxy');
});

test('an EventSource that a proxy answered with an error asks no more, because of the proxy', () => {
  const away = { kind: 'server-crash', atMs: 3_000, forMs: 6_000 };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [away], through({})));
  const lost = [...trace.all(['message.published'])].at(-1)?.message;
  expect(storyOfDelivery(trace, Number(lost), 0)?.sentence).toContain(
    'The proxy answered the EventSource GET with an error',
  );
});

test('of refusals of two kinds, only those like the last are counted as that', () => {
  const away = { kind: 'server-crash', atMs: 4_000, forMs: 3_000 };
  const trace = traceOf(clean({ kind: 'websocket' }, 500, [away], through({})));
  const answers = (nowUs: number) => storyOf(trace, CLIENT, nowUs)?.sentence ?? '';
  expect(answers(3_900_000)).toMatch(/was answered 426 Upgrade Required \(\d times\), because the proxy/);
  expect(answers(6_900_000)).toMatch(
    /was answered with an error of the proxy \(the last (time|\d times)\)\./,
  );
});

test.each([null, 'layer-7'])('who gave up on whom, with %s behind the proxy', (kind) => {
  const away = { kind: 'server-crash', atMs: 4_000, forMs: 6_000 };
  const loadBalancer = kind && { kind };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [away], through({}, { loadBalancer })));
  const refuser = kind === null ? 'The proxy' : 'The load balancer';
  const lost = [...trace.all(['message.published'])].at(-1)?.message;
  expect(storyOfDelivery(trace, Number(lost), 0)?.sentence).toContain(
    `${refuser} answered the EventSource GET with an error`,
  );
});

test('why a proxy answers in the place of its server', () => {
  const away = { kind: 'server-crash', atMs: 4_000, forMs: 3_000 };
  const trace = traceOf(clean({ kind: 'websocket' }, 9_000, [away], through({ upgrade: 'passed' })));
  const said = [...trace.all(['route.ended'])].map(({ atUs }) => nowSentence(trace, atUs));
  expect(said).toContainEqual(
    expect.objectContaining({
      headline: 'The proxy answers 503 to the Reader client.',
      why: 'Its own connection to the server was refused: nobody listens there.',
    }),
  );
});

test('polls that are refused are told as that, and not as a wait for the next one', () => {
  const away = { kind: 'link-down', target: 'server-1', atMs: 4_000, forMs: 6_000 };
  const trace = traceOf(
    clean({ kind: 'polling' }, 500, [away], through({ connectTimeoutMs: 1_000, idleTimeoutMs: 1_000 })),
  );
  const late = [...trace.all(['message.delivered'])].find(({ latencyUs }) => Number(latencyUs) > 3_000_000);
  const parts = storyOfDelivery(trace, Number(late?.message), 0)?.parts ?? [];
  expect(parts.map(({ label }) => label)).toContain('requests that the proxy refused');
  expect(parts.reduce((sum, { us }) => sum + us, 0)).toBe(late?.latencyUs);
});

test('a stream that ended before any of it was passed on is told as given up, before that as lying there', () => {
  const away = { kind: 'server-crash', atMs: 4_000, forMs: 2_000 };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [away], through({ responses: 'buffered' })));
  expect(storyOf(trace, CLIENT, 3_000_000)?.sentence).toContain('the proxy has the beginning of its answer');
  expect(storyOfDelivery(trace, 1, 0)?.sentence).toContain('the proxy answered the EventSource GET');
});

test('of two that collect a stream, it lies with the load balancer until that has enough', () => {
  const both = through({ responses: 'buffered' }, { loadBalancer: { kind: 'layer-7', bufferBytes: 2_048 } });
  const trace = traceOf(clean({ kind: 'sse' }, 500, [], both));
  const at = (nowUs: number) => storyOf(trace, CLIENT, nowUs)?.sentence;
  expect(at(2_000_000)).toContain('the load balancer has the beginning of its answer');
  expect(at(trace.knownUntilUs)).toContain('the proxy has the beginning of its answer');
});

describe.each([null, ...LAYERS])('the way of a message, with %s behind the proxy', (kind) => {
  const loadBalancer = kind && { kind };
  const trace = traceOf(clean({ kind: 'sse' }, 500, [], through({}, { loadBalancer })));
  const lastOf = kind === 'layer-7' ? 'the load balancer' : 'the server';

  test('is told leg by leg, and its latency adds up', () => {
    const story = storyOfDelivery(trace, 3, 0);
    const steps = story?.steps.map(({ text }) => text) ?? [];
    expect(steps).toContain('the proxy receives it');
    expect(steps).toContain('the proxy writes event 3');
    if (kind === 'layer-7') expect(steps).toContain('the load balancer receives it');
    expect(steps).toContain(`${lastOf.replace('the', 'The')} → proxy: event 3`);
    const delivered = trace.table('message.delivered');
    const { message, latencyUs } = COLUMN['message.delivered'];
    const row = Array.from({ length: delivered.length }, (_, i) => i).find(
      (one) => delivered.get(one, message) === 3,
    );
    const parts = story?.parts ?? [];
    expect(parts.reduce((sum, { us }) => sum + us, 0)).toBe(delivered.get(row ?? 0, latencyUs));
    expect(parts.map(({ label }) => label)).toContain('to the proxy');
  });

  test('goes over links whose ends have names', () => {
    const header = trace.header as NonNullable<typeof trace.header>;
    const attempts = [...trace.all(['connection.attempted'])];
    const own = attempts.find(({ client }) => client === PROXY)?.connection ?? 0;
    const clients = attempts.find(({ client }) => client === 0)?.connection ?? 0;
    const ends = (connection: number) => [
      clientName(header, clientOfConnection(trace, connection)),
      serverName(header, serverOfConnection(trace, connection)),
    ];
    expect(ends(Number(clients))[1]).toBe('Proxy');
    expect(ends(Number(own))).toEqual(['Proxy', kind === 'layer-7' ? 'Load balancer' : 'Server 1']);
  });

  test('is on the stage on every link, between what stands there', () => {
    const header = trace.header as NonNullable<typeof trace.header>;
    const layout = layoutStage(header, { width: 1000, height: 420 });
    const packets = trace.table('packet.sent');
    const { link, arrivesAtUs } = COLUMN['packet.sent'];
    const kinds = new Set<string>();
    for (let row = 0; row < packets.length; row++) {
      const midUs = packets.atUs(row) + Math.floor(packets.get(row, arrivesAtUs) / 2);
      const placed = packetsInFlight(trace, layout, midUs, 0, false).find((one) => one.row === row);
      const one = header.links[packets.get(row, link) >> 1];
      kinds.add(one?.kind ?? '');
      const x = placed?.place.x ?? Number.NaN;
      const proxy = layout.proxy as NonNullable<typeof layout.proxy>;
      if (one?.kind === 'access') expect(x).toBeGreaterThanOrEqual(proxy.x + proxy.width);
      else expect(x).toBeLessThanOrEqual(proxy.x);
      if (one?.kind === 'edge') expect(x).toBeGreaterThanOrEqual(layout.balancer?.x ?? Number.NaN);
    }
    expect([...kinds].sort()).toEqual(['access', 'datacenter', ...(kind === null ? [] : ['edge'])]);
  });
});

test('a proxy that only passes packets on is on no way, and stands on the stage all the same', () => {
  const trace = traceOf(clean({ kind: 'websocket' }, 500, [], through({}, { tls: '1.3' })));
  const header = trace.header as NonNullable<typeof trace.header>;
  const layout = layoutStage(header, { width: 1000, height: 420 });
  expect(header.proxy).toEqual({ name: 'proxy', reads: false, collects: false });
  const [start, end] = [layout.hop1(0, 0).at(0).x, layout.hop1(0, 0).at(1).x];
  const { x = Number.NaN, width = 0 } = layout.proxy ?? {};
  expect(x).toBeGreaterThan(start);
  expect(x + width).toBeLessThan(end);
  expect(layout.inner(0)).toBeNull();
  expect(
    storyOfDelivery(trace, 3, 0)
      ?.steps.map(({ text }) => text)
      .join(),
  ).not.toContain('proxy');
});

test.each([1, 2])(
  'of %i servers one is cut off: behind a proxy that reads, and not at the clients',
  (count) => {
    const cut = { kind: 'link-down', target: 'server-1', atMs: 3_000, forMs: 4_000 };
    const changes = (tls: string) => ({ ...through({}, { tls }), servers: { count } });
    const [read, passed] = ['none', '1.3'].map((tls) =>
      traceOf(clean({ kind: 'sse' }, 500, [cut], changes(tls))),
    ) as [Trace, Trace];
    expect(linkTrouble(read, 0, 4_000_000).cut).toBe('');
    expect(legCut(read, 0, 4_000_000)).toBe('both');
    expect(linkTrouble(passed, 0, 4_000_000).cut).toBe('both');
  },
);
