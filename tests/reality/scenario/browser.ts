import type { ServerIo } from '../../../src/engine/contract/transport.ts';
import type { GroupInput } from '../../../src/scenarios/schema/scenario.ts';
import { compareSingle, type Experiment, quantile, type Row } from '../judge.ts';
import hole from '../records/chromium-black-hole.json' with { type: 'json' };
import faults from '../records/chromium-faults.json' with { type: 'json' };
import { browserCauses } from './causes.ts';
import { AT_MS, noticedMs, quiet, runWith } from './failures.ts';
import { type Extras, type Run, recordsOf } from './world.ts';

const RTT_MS = 100;
const SSE: GroupInput = { name: 'sse', transport: { kind: 'sse' } };
const WEBSOCKET: GroupInput = { name: 'websocket', transport: { kind: 'websocket' } };

const median = (values: number[]) =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** What was measured in a scenario, by the beginning of its name. */
function measured<T>(beginning: string): T {
  const record = faults.records.find(({ parameters }) => parameters.scenario.startsWith(beginning));
  if (record === undefined) throw new Error(`no record: ${beginning}`);
  return record.metrics as T;
}

/** Arrivals of EventSource requests at the server after AT_MS, ms after it. */
function requestsMs(run: Run): number[] {
  const units = new Set<number>();
  for (const { unit, what } of recordsOf(run.trace, 'unit.sent'))
    if (what === 'sse.request') units.add(unit as number);
  return [...recordsOf(run.trace, 'unit.received')]
    .filter(({ unit, atUs }) => units.has(unit as number) && atUs > AT_MS * 1000)
    .map(({ atUs }) => atUs / 1000 - AT_MS);
}

/** Moments at which a client's machine got an event, ms after AT_MS. */
function eventsMs(run: Run, name: string): number[] {
  return [...recordsOf(run.trace, 'machine.moved')]
    .filter(({ actor, event, atUs }) => actor === 0 && event === name && atUs >= AT_MS * 1000)
    .map(({ atUs }) => atUs / 1000 - AT_MS);
}

type Returns = { runs: { request_after_error: number; open_after_error: number }[] };

function serverComesBack(): Row[] {
  const { runs } = measured<Returns>('EventSource, server SIGKILLed');
  const run = runWith(quiet(RTT_MS, [SSE], [{ kind: 'server-crash', forMs: 1300 }], 10_000), null);
  const error = eventsMs(run, 'failed')[0] as number;
  const name = 'EventSource, server killed and back';
  const request = median(runs.map((each) => each.request_after_error));
  const open = median(runs.map((each) => each.open_after_error));
  return [
    compareSingle(name, 'request after error', request, (requestsMs(run)[0] as number) - error),
    compareSingle(name, 'open after error', open, (eventsMs(run, 'head')[0] as number) - error),
  ];
}

function refused(): Row[] {
  const { gaps } = measured<{ gaps: number[] }>('EventSource, server down');
  const run = runWith(quiet(RTT_MS, [SSE], [{ kind: 'server-crash' }], 60_000), null);
  const errors = eventsMs(run, 'failed');
  const between = errors.slice(1).map((at, index) => at - (errors[index] as number));
  return [compareSingle('EventSource, refused', 'between errors', median(gaps), median(between.slice(1)))];
}

function streamEnded(beginning: string, retryMs: number): Row[] {
  const { runs } = measured<Returns>(beginning);
  const reader: GroupInput = { name: 'sse', transport: { kind: 'sse', retryMs } };
  const run = runWith(quiet(RTT_MS, [reader], [], 10_000), (io) => io.exchange.end());
  const error = eventsMs(run, 'failed')[0] as number;
  const request = (requestsMs(run)[0] as number) - error;
  return [
    compareSingle(
      beginning,
      'request after error',
      median(runs.map((each) => each.request_after_error)),
      request,
    ),
  ];
}

function badStatus(status: number): Row[] {
  const { requests_in_4500ms: requests } = measured<{ requests_in_4500ms: number }>(
    `EventSource answered with {"status":${status}}`,
  );
  const answer = (io: ServerIo) =>
    io.exchange.respond('sse.head', 0, { status, messages: [], cursor: 0, code: 0 });
  const extras: Extras = { answer };
  const run = runWith(quiet(RTT_MS, [SSE], [], 4500), null, extras);
  const sent = [...recordsOf(run.trace, 'unit.sent')].filter(({ what }) => what === 'sse.request').length;
  return [compareSingle(`EventSource, status ${status}`, 'requests', requests, sent, 0)];
}

function connectionLimit(): Row[] {
  const { count } = measured<{ count: number }>('Connection limit');
  const rooms = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const input = quiet(RTT_MS, [{ name: 'sse', rooms, transport: { kind: 'sse', perRoom: true } }], [], 3000);
  const run = runWith(input, null);
  const open = [...recordsOf(run.trace, 'machine.moved')].filter(({ to }) => to === 'open').length;
  return [compareSingle('8 EventSources to one host', 'open', count, open, 0)];
}

function openTime(): Row[] {
  const { ms } = measured<{ ms: number[] }>('WebSocket open time');
  const facts = runWith(quiet(RTT_MS, [WEBSOCKET], [], 0), null).finish();
  return [compareSingle('WebSocket, open', 'ms', median(ms), (facts.groups[0]?.setupUs[0] as number) / 1000)];
}

/** Links that swallow everything: connections that idled, one that had just been written to, and new ones. */
function blackHoles(): Row[] {
  const events = hole.records[0]?.metrics.events as [string, string, string, number][];
  const seconds = (event: string) => Number.parseFloat(events.find(([, name]) => name === event)?.[2] ?? '');
  // The rig cut a second after the last packet.
  const idle = (kind: string): GroupInput => ({ name: kind, startMs: AT_MS - 1250, transport: { kind } });
  const late = (kind: string): GroupInput => ({ name: kind, startMs: AT_MS + 1, transport: { kind } });
  const down = [{ kind: 'link-down' }] as const;
  const noticed = (clients: GroupInput[], lastsMs: number) =>
    noticedMs(runWith(quiet(RTT_MS, clients, down, lastsMs), null)).map((ms) => ms / 1000);
  const [ws, es] = noticed([idle('websocket'), idle('sse')], 600_000) as [number, number];
  const [newWs, newEs] = noticed([late('websocket'), late('sse')], 200_000) as [number, number];
  const pinging = { kind: 'websocket', pingIntervalMs: 1000, pongTimeoutMs: 3_600_000 };
  const [sending] = noticed([{ name: 'pinging', transport: pinging }], 1_200_000) as [number];
  return [
    compareSingle('black hole, idle WebSocket', 's', seconds('ws_close'), ws, 0),
    compareSingle('black hole, idle EventSource', 's', seconds('es_error'), es, 0),
    compareSingle('black hole, new WebSocket', 's', 134.79, newWs, 0),
    compareSingle('black hole, new EventSource', 's', 134.78, newEs, 0),
    compareSingle('black hole, WebSocket that sends (not noticed within 1000 s)', 's', 1006, sending, 0),
  ];
}

/** What Chromium's EventSource and WebSocket do when things fail. */
export const browserFailures: Experiment = {
  name: 'Chromium',
  kind: 'single',
  rows: () => [
    ...serverComesBack(),
    ...refused(),
    ...streamEnded('EventSource, stream ended by server, retry: 500', 500),
    ...streamEnded('EventSource, stream ended by server, no retry', 3000),
    ...[204, 500, 503].flatMap(badStatus),
    ...connectionLimit(),
    ...openTime(),
    ...blackHoles(),
  ],
  causes: browserCauses,
};
