import { describe, expect, test } from 'vitest';
import { parseScenario, type ScenarioInput, validate } from '../validate.ts';
import { LIMITS } from './limits.ts';

const BASE = {
  version: 1,
  durationMs: 60_000,
  publishers: [{ name: 'editor', room: 'doc-123', arrivals: { kind: 'poisson', perSecond: 2 } }],
  clients: [{ name: 'sse', count: 2, transport: { kind: 'sse' } }],
} as const satisfies ScenarioInput;

/** The base with some of its top replaced. */
const problemsWith = (change: object): string[] => {
  const validation = validate({ ...BASE, ...change });
  return validation.ok ? [] : validation.problems.map(({ path, message }) => `${path}: ${message}`);
};

const group = (change: object) => ({ clients: [{ ...BASE.clients[0], ...change }] });
const fault = (change: object) => ({ faults: [{ atMs: 1_000, ...change }] });
const metric = (path: string) => ({ expect: [{ metric: path, max: 1 }] });

describe('refusals say where, what was expected and what came', () => {
  test.each<[string, object, string | RegExp]>([
    [
      'unknown key',
      { network: { access: { rttMS: 1 } } },
      /^network\.access\.rttMS: unknown key \(did you mean "rttMs"\?\); expected one of/,
    ],
    [
      'unknown kind',
      group({ transport: { kind: 'websockets' } }),
      /^clients\[0\]\.transport\.kind: expected one of "polling", "long-polling", "sse", "websocket", got "websockets"/,
    ],
    [
      'inherited kind',
      group({ transport: { kind: 'constructor' } }),
      /^clients\[0\]\.transport\.kind: expected one of/,
    ],
    [
      'missing kind',
      group({ transport: {} }),
      /^clients\[0\]\.transport\.kind: expected one of .*got nothing$/,
    ],
    [
      'option of another kind',
      group({ transport: { kind: 'sse', holdMs: 1 } }),
      /^clients\[0\]\.transport\.holdMs: unknown key/,
    ],
    [
      'too much',
      { network: { access: { lossPct: 130 } } },
      'network.access.lossPct: expected a number from 0 to 100 (%), got 130',
    ],
    [
      'null where there is none',
      { network: { access: { rttMs: null } } },
      'network.access.rttMs: expected a number from 0 to 60,000 (ms), got null',
    ],
    ['no whole number', { seed: 1.5 }, /^seed: expected a whole number from 0 to/],
    [
      'a string',
      { durationMs: '60000' },
      'durationMs: expected a number from 1 to 3,600,000 (ms), got "60000"',
    ],
    ['another version', { version: 2 }, 'version: expected 1, got 2'],
    ['no clients', { clients: [] }, 'clients: expected a list of 1 to 200 items, got a list of 0 items'],
    ['a list for an object', { network: [] }, 'network: expected an object, got a list of 0 items'],
    [
      'too many servers',
      { servers: { count: 101 } },
      /^servers\.count: expected a whole number from 1 to 100, got 101$/,
    ],
    [
      'a load balancer of no kind',
      { edge: { loadBalancer: {} } },
      /^edge\.loadBalancer\.kind: expected one of "layer-4", "layer-7", got/,
    ],
    [
      'cookies at layer 4',
      { edge: { loadBalancer: { kind: 'layer-4', stickiness: 'cookie' } } },
      /^edge\.loadBalancer\.stickiness: unknown key/,
    ],
    ['a proxy of no kind', { edge: { proxy: {} } }, /^edge\.proxy\.kind: expected "intercepting", got/],
    [
      'what a proxy does not do to Upgrade',
      { edge: { proxy: { kind: 'intercepting', upgrade: 'dropped' } } },
      /^edge\.proxy\.upgrade: expected one of "removed", "refused", "passed", got "dropped"/,
    ],
    [
      'a fault at a load balancer that is not there',
      { faults: [{ atMs: 1000, kind: 'load-balancer-crash' }] },
      /^faults\[0\]\.kind: expected edge\.loadBalancer/,
    ],
    [
      'an unknown backplane',
      { backplane: { kind: 'carrier-pigeon' } },
      /^backplane\.kind: expected one of "direct", .*got "carrier-pigeon"$/,
    ],
    ['a bad name', group({ name: 'Readers' }), /^clients\[0\]\.name: expected a name: .*got "Readers"$/],
    [
      'a server’s name',
      group({ name: 'server-1' }),
      /^clients\[0\]\.name: expected a name other than server-N/,
    ],
    [
      'a name twice',
      { clients: [BASE.clients[0], BASE.clients[0]] },
      'clients[1].name: expected a name of its own, got "sse", which clients[0] has',
    ],
    ['a room twice', group({ rooms: ['a', 'a'] }), /^clients\[0\]\.rooms\[1\]: expected each room once/],
    [
      'unknown target',
      fault({ kind: 'link-down', target: 'ssee' }),
      /^faults\[0\]\.target: unknown target "ssee" \(did you mean "sse"\?\)/,
    ],
    [
      'a link of nobody',
      fault({ kind: 'link-down', target: 'load-balancer' }),
      'faults[0].target: unknown target "load-balancer": expected sse, server-1, editor, or a client such as sse/1',
    ],
    [
      'a crash of nodes where there are none',
      fault({ kind: 'broker-crash' }),
      'faults[0].kind: expected backplane.kind to be one with nodes, as "broker-crash" needs one, got "direct"',
    ],
    [
      'a pause of a node where there is none',
      fault({ kind: 'broker-pause', target: 'kafka-1' }),
      'faults[0].kind: expected backplane.kind to be one with nodes, as "broker-pause" needs one, got "direct"',
    ],
    [
      'a client too many',
      fault({ kind: 'link-down', target: 'sse/3' }),
      /^faults\[0\]\.target: unknown target "sse\/3"/,
    ],
    [
      'a server too many',
      fault({ kind: 'server-crash', target: 'server-2' }),
      /^faults\[0\]\.target: unknown target "server-2"/,
    ],
    [
      'clients for a server',
      fault({ kind: 'server-crash', target: 'sse' }),
      /^faults\[0\]\.target: expected a server/,
    ],
    [
      'a server for clients',
      fault({ kind: 'client-sleep', target: 'server-1' }),
      /^faults\[0\]\.target: expected a client group/,
    ],
    [
      'after the end',
      { faults: [{ atMs: 70_001, kind: 'dns-down' }] },
      /^faults\[0\]\.atMs: expected at most 70000 ms/,
    ],
    [
      'nothing to change',
      fault({ kind: 'link-change', set: {} }),
      /^faults\[0\]\.set: expected at least one option/,
    ],
    [
      'unknown publisher',
      fault({ kind: 'publish', text: 'x', publisher: 'nobody' }),
      /^faults\[0\]\.publisher: unknown publisher "nobody"/,
    ],
    [
      'no bound',
      { expect: [{ metric: 'totals.published' }] },
      'expect[0]: expected min or max or both, got neither',
    ],
    [
      'bounds crossed',
      { expect: [{ metric: 'totals.published', min: 2, max: 1 }] },
      /^expect\[0\]: expected min to be at most max/,
    ],
    [
      'unknown group',
      metric('groups.ws.wire.bytes'),
      /^expect\[0\]\.metric: .*no client group has this name; there are sse$/,
    ],
    [
      'unknown metric',
      metric('groups.sse.deliveries.latencyMs.p98'),
      /^expect\[0\]\.metric: .*did you mean deliveries\.latencyMs\.p9[059]\?/,
    ],
    ['quantile too high', metric('groups.sse.setupMs.quantiles.101'), /^expect\[0\]\.metric: /],
    ['inherited metric', metric('totals.constructor'), /^expect\[0\]\.metric: /],
    ['no result', metric('engine.wallMs'), /^expect\[0\]\.metric: .*differs from run to run/],
    [
      'too many clients',
      {
        clients: [
          { ...BASE.clients[0], count: 19_500 },
          { ...BASE.clients[0], name: 'b', count: 501 },
        ],
      },
      'clients: expected at most 20,000 clients in all, got 20,001',
    ],
    [
      'too many messages',
      {
        publishers: ['a', 'b'].map((name) => ({
          ...BASE.publishers[0],
          name,
          arrivals: { kind: 'poisson', perSecond: 15_000 },
        })),
      },
      /^publishers: expected at most 20,000 messages a second, got about 30,000$/,
    ],
    [
      'too many events',
      { durationMs: 3_600_000, ...group({ count: 1_000, transport: { kind: 'polling', intervalMs: 100 } }) },
      /^durationMs: expected at most 100,000,000 events/,
    ],
  ])('%s', (_, change, expected) => {
    const problems = problemsWith(change);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  test('what is missing', () => {
    const validation = validate({});
    expect(validation.ok ? [] : validation.problems.map((problem) => problem.path)).toEqual([
      'version',
      'durationMs',
      'publishers',
      'clients',
    ]);
  });

  test('text that is no JSON, or too much of it', () => {
    expect(parseScenario('{"version": 1,}')).toMatchObject({ ok: false });
    expect(parseScenario(`[${' '.repeat(LIMITS.textCharacters)}]`)).toMatchObject({ ok: false });
    const deep = parseScenario(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(deep.ok && validate(deep.input)).toMatchObject({ ok: false });
  });

  test('keys that mean something to the language', () => {
    const validation = validate(JSON.parse('{"version": 1, "__proto__": {"seed": 5}, "constructor": {}}'));
    expect(validation).toMatchObject({ ok: false });
    expect(Object.prototype).not.toHaveProperty('seed');
  });

  test('only the first problems are listed', () => {
    const validation = validate({ ...BASE, faults: Array.from({ length: 1_000 }, () => ({})) });
    expect(validation.ok ? 0 : validation.problems.length).toBe(LIMITS.problems);
  });
});
