import { createRun } from '../../src/scenarios/run.ts';
import { type ScenarioInput, validate } from '../../src/scenarios/validate.ts';
import type { Case } from './measure.ts';

const SERVERS = 10;
const CLIENTS_EACH = 2000;
const ROOMS = 100;
const PER_SECOND = 50;
const SECONDS = 60;

/** Ten servers with 2,000 clients each, over Redis Pub/Sub; 50 updates a second, each to one of 100 rooms. */
const SCENARIO = {
  version: 1,
  seed: 1,
  durationMs: SECONDS * 1000,
  settleMs: 10_000,
  network: { access: { rttMs: 60 } },
  servers: { count: SERVERS },
  backplane: { kind: 'redis-pubsub' },
  publishers: Array.from({ length: ROOMS }, (_, room) => ({
    name: `source-${room}`,
    room: `room-${room}`,
    startMs: 5000,
    arrivals: { kind: 'poisson', perSecond: PER_SECOND / ROOMS },
  })),
  clients: Array.from({ length: ROOMS }, (_, room) => ({
    name: `members-${room}`,
    count: (SERVERS * CLIENTS_EACH) / ROOMS,
    startSpreadMs: 5000,
    rooms: [`room-${room}`],
    transport: { kind: 'websocket' },
  })),
} as ScenarioInput;

/** What the last run did, in words. */
export const told = { words: '' };

export const FLEET: Case[] = [
  {
    name: 'fingerprint only',
    run() {
      const checked = validate(SCENARIO);
      if (!checked.ok) throw new Error('the benchmark’s scenario is refused');
      const run = createRun(checked.plan, 'fingerprint');
      run.advance(run.endUs);
      const { engine, totals } = run.report();
      const { delivered, lost } = totals.deliveries;
      told.words = `${delivered} delivered, ${lost} lost, ${totals.wire.packets} packets, ${engine.events} events`;
      return run.endUs / 1e6;
    },
  },
];
