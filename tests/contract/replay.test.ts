import { describe, expect, it } from 'vitest';
import { BACKPLANES } from '../../src/backplanes/index.ts';
import type { BackplanePlugin } from '../../src/engine/contract/backplane.ts';
import type { Parts } from '../../src/engine/parts.ts';
import { World } from '../../src/engine/world.ts';
import { createNetwork } from '../../src/network/index.ts';
import { problemsLine, type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import { Trace } from '../../src/trace/trace.ts';
import { TRANSPORTS } from '../../src/transports/index.ts';

/** Hands everything to every server that is up, in the order that `shuffle` makes of it, and keeps it all. */
function shelf(shuffle: (server: number, message: number) => number): BackplanePlugin {
  const { direct } = BACKPLANES as { direct: BackplanePlugin };
  return {
    manifest: {
      ...direct.manifest,
      kind: 'shelf',
      guarantees: [{ delivery: 'at least once', ordered: 'none', replay: true }],
    },
    roles: {},
    create(io) {
      const kept: number[] = [];
      const nothing = () => {};
      return {
        offer: () => true,
        publish(message) {
          kept.push(message);
          for (const server of io.servers)
            io.sim.later(shuffle(server.index, message) * 1000, () => {
              if (server.up) io.hand(server, message);
            });
        },
        subscribe: nothing,
        unsubscribe: nothing,
        started: nothing,
        stopped: nothing,
        replay(_server, room, after, give) {
          const ofRoom = kept.filter((message) => io.roomOf(message) === room);
          const at = ofRoom.indexOf(after);
          io.sim.later(2_000, () => give(at < 0 ? ofRoom.filter((m) => m > after) : ofRoom.slice(at + 1)));
        },
      };
    },
  };
}

/** A run on the shelf. @param shuffle ms from a message's acceptance to its being handed to a server */
function run(over: object, shuffle: (server: number, message: number) => number = () => 1) {
  const checked = validate({
    version: 1,
    seed: 4,
    durationMs: 20_000,
    publishers: [
      { name: 'editor', room: 'doc', startMs: 1_000, arrivals: { kind: 'periodic', everyMs: 100 } },
    ],
    ...over,
  } as object as ScenarioInput);
  if (!checked.ok) throw new Error(problemsLine(checked.problems));
  const parts: Parts = {
    transports: TRANSPORTS,
    backplanes: { ...BACKPLANES, shelf: shelf(shuffle) },
    createNetwork,
  };
  const world = new World({ ...checked.plan, backplane: { kind: 'shelf' } }, new Trace('all'), parts);
  world.sim.kernel.run(world.sim.kernel.horizonUs);
  const [group] = world.facts().groups;
  return group as NonNullable<typeof group>;
}

const TRANSPORTS_THAT_REMEMBER = [
  { kind: 'polling', intervalMs: 500 },
  { kind: 'long-polling' },
  { kind: 'sse', retryMs: 500 },
  { kind: 'websocket', resume: true },
];

describe.each(TRANSPORTS_THAT_REMEMBER)('%j', (transport) => {
  const clients = [
    { name: 'group', rooms: ['doc'], transport, reconnect: { kind: 'fixed', baseMs: 500, jitter: 'none' } },
  ];

  it('gets what its server forgot, from what the backplane keeps, once and in order', () => {
    const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
    const told = (replayFrom: string) => run({ clients, faults, servers: { replayFrom } });
    expect(told('buffer').expected - told('buffer').delivered).toBeGreaterThan(20);
    const asked = told('backplane');
    expect(asked.expected - asked.delivered).toBe(0);
    expect(asked).toMatchObject({ duplicates: 0, outOfOrder: 0 });
  });

  it('gets what the replay buffer was too short for', () => {
    const faults = [{ kind: 'client-disconnect', target: 'group', atMs: 8_000, forMs: 4_000 }];
    const servers = { replayBuffer: { messages: 5 } };
    const short = run({ clients, faults, servers });
    expect(short.expected - short.delivered).toBeGreaterThan(25);
    const asked = run({ clients, faults, servers: { ...servers, replayFrom: 'backplane' } });
    expect(asked).toMatchObject({ delivered: asked.expected, duplicates: 0, outOfOrder: 0 });
  });

  it('gets everything once where messages come to the server in another order than they were accepted in', () => {
    // Every third message takes 250 ms longer than the others.
    const late = run({ clients }, (_, message) => (message % 3 === 0 ? 251 : 1));
    expect(late).toMatchObject({ delivered: late.expected, duplicates: 0 });
    expect(late.outOfOrder).toBeGreaterThan(50);
  });
});

it('answers without the backplane, if that takes too long', () => {
  const faults = [{ kind: 'server-crash', target: 'server-1', atMs: 8_000, forMs: 3_000 }];
  const clients = [{ name: 'group', rooms: ['doc'], transport: { kind: 'sse', retryMs: 500 } }];
  const group = run({ clients, faults, servers: { replayFrom: 'backplane', replayTimeoutMs: 1 } });
  expect(group.expected - group.delivered).toBeGreaterThan(20);
});
