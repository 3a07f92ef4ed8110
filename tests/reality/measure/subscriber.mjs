import Redis from 'ioredis';
import { connect } from 'nats';
import { nowUs, PHASES } from './plan.mjs';

/**
 * Receives by Redis Pub/Sub, by XREAD BLOCK in a loop, and by NATS core, each over a connection of its own. Says `ready`;
 * when its standard input ends it prints what came, by method, round and rate. Argument: the brokers' address.
 */
const host = process.argv[2];
const received = { redis_pubsub: [], redis_xread_block: [], nats_core: [] };
const note = (method, message) => {
  const atUs = nowUs();
  const [number, sentUs] = message.split(' ').map(Number);
  received[method].push({ number, ms: (atUs - sentUs) / 1000 });
};

const subscriber = new Redis(6379, host);
await subscriber.subscribe('ch');
subscriber.on('message', (_, message) => note('redis_pubsub', message));

const nats = await connect({ servers: `${host}:4222` });
nats.subscribe('ch', { callback: (_, message) => note('nats_core', message.string()) });
await nats.flush();

const reader = new Redis(6379, host);
let last = '$';
const read = async () => {
  for (;;) {
    const reply = await reader.xread('BLOCK', 0, 'STREAMS', 's', last);
    for (const [id, fields] of reply?.[0]?.[1] ?? []) {
      last = id;
      note('redis_xread_block', fields[1]);
    }
  }
};
void read();

const perRound = PHASES.reduce((sum, { published }) => sum + published, 0);
/** Which round and rate a message belongs to, by its number. */
function placeOf(number) {
  let rest = number % perRound;
  for (const { perSecond, published } of PHASES) {
    if (rest < published) return { round: Math.floor(number / perRound), perSecond, published };
    rest -= published;
  }
  throw new Error(`no place for message ${number}`);
}

process.stdin.resume();
process.stdin.on('end', () => {
  const runs = new Map();
  for (const [method, messages] of Object.entries(received)) {
    for (const { number, ms } of messages) {
      const { round, perSecond, published } = placeOf(number);
      const key = `${method} ${round} ${perSecond}`;
      const run = runs.get(key) ?? { method, round, perSecond, published, latenciesMs: [] };
      run.latenciesMs.push(ms);
      runs.set(key, run);
    }
  }
  process.stdout.write(JSON.stringify([...runs.values()]), () => process.exit(0));
});
console.log('ready');
