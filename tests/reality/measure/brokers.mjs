import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addressOf, buildRig } from './rig.mjs';
import { summary } from './summary.mjs';

const usage =
  "node tests/reality/measure/brokers.mjs [--rounds N] [--copies N] [--links '[[rttMs, loss], …]'] [--congestion bbr|cubic] [--capture FILE]";
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    copies: { type: 'string', default: '1' },
    links: { type: 'string', default: '[[100, 0.05]]' },
    congestion: { type: 'string', default: 'bbr' },
    capture: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const conditions = JSON.parse(values.links);
const copies = Number(values.copies);
if (!(rounds > 0 && copies > 0) || !Array.isArray(conditions)) throw new Error(usage);

const links = Array.from({ length: copies }, () => conditions)
  .flat()
  .map(([rttMs, loss], index) => ({ rttMs, loss, seed: 1000 + index }));
const rig = await buildRig(links, values.congestion, values.capture);
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const said = (process) => new Promise((resolve) => process.stdout.once('data', resolve));
const done = (process) => new Promise((resolve) => process.once('exit', resolve));

const servers = [
  rig.spawn(0, 'redis-server', ['--bind', '0.0.0.0', '--protected-mode', 'no', '--save', ''], 'ignore'),
  rig.spawn(0, 'nats-server', ['-a', '0.0.0.0', '-p', '4222'], 'ignore'),
];
await new Promise((resolve) => setTimeout(resolve, 1500));

const subscribers = [];
for (let port = 1; port <= links.length; port++) {
  const subscriber = rig.spawn(port, process.execPath, [script('subscriber.mjs'), addressOf(0)]);
  await said(subscriber);
  subscribers.push(subscriber);
}
await done(
  rig.spawn(0, process.execPath, [script('publisher.mjs'), String(rounds)], ['ignore', 'ignore', 'inherit']),
);

const records = [];
for (const [index, subscriber] of subscribers.entries()) {
  let text = '';
  subscriber.stdout.on('data', (chunk) => (text += chunk));
  subscriber.stdin.end();
  await done(subscriber);
  const { rttMs, loss, seed } = links[index];
  for (const { method, round, perSecond, published, latenciesMs } of JSON.parse(text)) {
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
