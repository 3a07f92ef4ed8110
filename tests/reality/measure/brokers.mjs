import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addressOf, buildRig, ended, linksOf, resultOf, said } from './rig.mjs';
import { summary } from './summary.mjs';

const usage =
  "node tests/reality/measure/brokers.mjs [--rounds N] [--copies N] [--links '[[rttMs, loss], …]'] [--methods NAME,…] [--congestion bbr|cubic] [--capture FILE]";
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    copies: { type: 'string', default: '1' },
    links: { type: 'string', default: '[[100, 0.05]]' },
    methods: { type: 'string', default: 'redis_pubsub,redis_xread_block,nats_core' },
    congestion: { type: 'string', default: 'bbr' },
    capture: { type: 'string' },
  },
});
/** What brokers need to be there, ms. */
const START_MS = 4_000;
const rounds = Number(values.rounds);
const conditions = JSON.parse(values.links);
const copies = Number(values.copies);
if (!(rounds > 0 && copies > 0) || !Array.isArray(conditions)) throw new Error(usage);

const links = linksOf(conditions, copies, 1000);
const rig = await buildRig(links, values.congestion, values.capture);
const script = (name) => fileURLToPath(new URL(name, import.meta.url));

const methods = values.methods.split(',');
const broker = (names, ...command) => methods.some((method) => names.test(method)) && command;
const servers = [
  broker(/^redis/, 'redis-server', '--bind', '0.0.0.0', '--protected-mode', 'no', '--save', ''),
  broker(
    /^(nats|jetstream)/,
    'nats-server',
    '-a',
    '0.0.0.0',
    '-js',
    '-sd',
    mkdtempSync(join(tmpdir(), 'js-')),
  ),
  broker(/^postgres/, script('postgres.sh'), tmpdir()),
]
  .filter(Boolean)
  .map(([command, ...args]) => rig.spawn(0, command, args, 'ignore'));
await new Promise((resolve) => setTimeout(resolve, START_MS));

const publisher = rig.spawn(0, process.execPath, [script('publisher.mjs'), String(rounds), ...methods]);
await said(publisher);
const subscribers = [];
for (let port = 1; port <= links.length; port++) {
  const subscriber = rig.spawn(port, process.execPath, [script('subscriber.mjs'), addressOf(0), ...methods]);
  await said(subscriber);
  subscribers.push(subscriber);
}
publisher.stdin.write('publish\n');
await ended(publisher);

const records = [];
for (const [index, subscriber] of subscribers.entries()) {
  const { rttMs, loss, seed } = links[index];
  for (const { method, round, perSecond, published, latenciesMs } of await resultOf(subscriber)) {
    records.push({
      experiment: 'broker_latency',
      conditions: { rtt_ms: rttMs, loss, jitter_ms: 0, rate_bps: 0, seed },
      parameters: { method, process: 'poisson', rate_per_s: perSecond, published, round },
      samples: latenciesMs.length,
      metrics: { latency_ms: summary(latenciesMs), missing: published - latenciesMs.length },
    });
  }
}
for (const server of servers) server.kill();
rig.close();
console.log(JSON.stringify({ records }, null, 1));
