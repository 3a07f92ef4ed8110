import { describe, expect, test, vi } from 'vitest';
import { nowSentence, storyOf, storyOfDelivery } from '../../src/trace/story/index.ts';
import { COLUMN } from '../../src/trace/trace.ts';
import { asText, clean, presetWith, traceOf } from './story-runs.ts';

const TERM = 'hop-by-hop fields';
const trace = traceOf(presetWith('upgrade-removed', {}));
const [SSE, WEBSOCKET] = [1, 2];
/** When the client's machine hears of its first answer: 0.4 ms of the client's own work after that is there. */
const answeredUs = [...trace.all(['machine.moved'])].find(({ event }) => event === 'refused')?.atUs ?? 0;
const CLIENT = { kind: 'client', client: 0 } as const;
const clientStory = (client: number, nowUs: number) => storyOf(trace, { kind: 'client', client }, nowUs);

describe('a WebSocket whose Upgrade a load balancer leaves out', () => {
  test('why its client is not connected', async () => {
    await expect(asText(trace, clientStory(WEBSOCKET, 2_000_000))).toMatchFileSnapshot(
      './stories/upgrade-removed.txt',
    );
  });

  test('nothing is told of an answer before it is there, and nothing of it to those that pass', () => {
    expect(clientStory(WEBSOCKET, answeredUs - 500)?.sentence).not.toContain('426');
    expect(clientStory(WEBSOCKET, answeredUs)?.sentence).toContain('426 Upgrade Required');
    expect(clientStory(WEBSOCKET, answeredUs)?.terms).toContain(TERM);
    expect(clientStory(SSE, 20_000_000)?.sentence).not.toContain('Not connected');
    expect(clientStory(SSE, 20_000_000)?.terms).not.toContain(TERM);
  });

  test('what is said when the answer comes, and of a message that it never gets', () => {
    const said = nowSentence(trace, answeredUs + 1);
    expect(said?.headline).toBe('The WebSocket client got no WebSocket: 426 Upgrade Required.');
    expect(said?.terms).toEqual([TERM]);
    const message = storyOfDelivery(trace, 1, WEBSOCKET);
    expect(message?.sentence).toContain('the load balancer passes it on without Upgrade');
  });

  test('a connection of its own tells the way there and back', () => {
    const attempts = trace.table('connection.attempted');
    const row = Array.from({ length: attempts.length }, (_, i) => i).find(
      (one) => attempts.get(one, COLUMN['connection.attempted'].client) === WEBSOCKET,
    );
    const connection = attempts.get(row ?? -1, COLUMN['connection.attempted'].connection);
    const story = storyOf(trace, { kind: 'connection', connection }, trace.knownUntilUs);
    const steps = story?.steps.map(({ text }) => text) ?? [];
    expect(steps).toEqual(
      expect.arrayContaining([
        'Upgrade is sent',
        'the load balancer passes it on without Upgrade',
        'the server answers 426 Upgrade Required',
        '426 Upgrade Required arrives: the WebSocket fails',
      ]),
    );
  });
});

test('what is said of the last attempt is that there is no other', () => {
  const gives = (reconnect: object, upgrade: string, faults: object[] = []) => {
    const scenario = clean({ kind: 'websocket' }, 500, faults, behind(upgrade)) as { clients: object[] };
    const other = traceOf({ ...scenario, clients: [{ ...scenario.clients[0], reconnect }] });
    const moves = [...other.all(['machine.moved'])].filter(({ event }) => event === 'refused');
    return moves.map(({ atUs }) =>
      nowSentence(other, atUs + 1)
        ?.why.split('. ')
        .at(-1),
    );
  };
  const again = 'It fails, and is tried again after a wait.';
  const no = 'It fails, and is not tried again.';
  const once = { kind: 'fixed', baseMs: 2_000, maxAttempts: 1 };
  expect(gives(once, 'removed')).toEqual([again, no]);
  expect(gives({ kind: 'none' }, 'removed')).toEqual([no]);
  const away = { kind: 'server-crash', atMs: 0, forMs: 20_000 };
  expect(gives({ kind: 'none' }, 'passed', [away])).toEqual([no]);
});

const behind = (upgrade: string) => ({ edge: { loadBalancer: { kind: 'layer-7', upgrade } } });

test('an error of the load balancer is told as what it is, and forgotten once a WebSocket is open', () => {
  const away = { kind: 'server-crash', atMs: 0, forMs: 1_000 };
  const other = traceOf(clean({ kind: 'websocket' }, 500, [away], behind('passed')));
  const refused = [...other.all(['machine.moved'])].find(({ event }) => event === 'refused')?.atUs ?? 0;
  const story = (nowUs: number) => storyOf(other, { kind: 'client', client: 0 }, nowUs);
  expect(story(refused)?.sentence).toContain('Upgrade was answered with an error of the load balancer');
  expect(story(refused)?.terms).not.toContain(TERM);
  expect(nowSentence(other, refused + 1)?.terms).toEqual([]);
  expect(story(10_000_000)?.sentence).not.toContain('Not connected');
});

test('a server that dies with the plain GET at hand is why, whatever that had lost before', () => {
  const dies = { kind: 'server-crash', atMs: 300, forMs: 20_000 };
  const change = { ...behind('removed'), servers: { cpu: { perRequestMs: 50 } } };
  const other = traceOf(clean({ kind: 'websocket' }, 500, [dies], change));
  const refused = [...other.all(['machine.moved'])].find(({ event }) => event === 'refused')?.atUs ?? 0;
  expect([...other.all(['unit.sent'])].some(({ what }) => what === 'load-balancer.get')).toBe(true);
  const story = storyOf(other, { kind: 'client', client: 0 }, refused);
  expect(story?.sentence).toMatch(/error of the load balancer \(1 time\)\./);
});

test('an error of the load balancer is not why, once later attempts have failed without any answer', () => {
  const faults = [
    { kind: 'server-crash', atMs: 0, forMs: 20_000 },
    { kind: 'link-down', atMs: 1_500, forMs: 20_000 },
  ];
  const story = (upgrade: string, nowUs: number) =>
    storyOf(traceOf(clean({ kind: 'websocket' }, 500, faults, behind(upgrade))), CLIENT, nowUs)?.sentence;
  expect(story('passed', 1_000_000)).toContain('Not connected: its Upgrade was answered with an error of');
  expect(story('passed', 19_000_000)).not.toContain('Upgrade');
  // What is left out is so at every attempt.
  const cut = faults.slice(1);
  const removed = traceOf(clean({ kind: 'websocket' }, 500, cut, behind('removed')));
  expect(storyOf(removed, CLIENT, 19_000_000)?.sentence).toContain('passes it on without Upgrade');
});

test('a refusal is told without going over all that the load balancer’s connection has carried', () => {
  const poller = { name: 'poller', transport: { kind: 'polling', intervalMs: 50 } };
  const scenario = clean({ kind: 'websocket' }, 500, [], behind('removed')) as { clients: object[] };
  const other = traceOf({ ...scenario, clients: [...scenario.clients, poller] });
  const units = other.table('unit.sent');
  const last = [...other.all(['connection.attempted'])].filter(({ client }) => client === 0).at(-2);
  const story = () => storyOf(other, { kind: 'connection', connection: Number(last?.connection) }, 1e9);
  story(); // what is looked up by connection is read once
  const reads = vi.spyOn(units, 'get');
  expect(story()?.steps.map(({ text }) => text)).toContain('the load balancer passes it on without Upgrade');
  expect(reads.mock.calls.length).toBeLessThan(units.length / 10);
});
