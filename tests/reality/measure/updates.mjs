import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addressOf, buildRig, linksOf, resultOf, said } from './rig.mjs';
import { summary } from './summary.mjs';
import { STREAMS, UPDATES } from './updates-plan.mjs';

const { values } = parseArgs({
  options: {
    copies: { type: 'string', default: '1' },
    links: { type: 'string', default: '[[100, 0.05]]' },
    congestion: { type: 'string', default: 'cubic' },
    capture: { type: 'string' },
    seed: { type: 'string', default: '2000' },
  },
});
const links = linksOf(JSON.parse(values.links), Number(values.copies), Number(values.seed));
const rig = await buildRig(links, values.congestion, values.capture);
const script = (name) => fileURLToPath(new URL(name, import.meta.url));

const server = rig.spawn(0, process.execPath, [script('updates-server.mjs')]);
await said(server);
const clients = [];
for (let port = 1; port <= links.length; port++) {
  const client = rig.spawn(port, process.execPath, [script('updates-client.mjs'), addressOf(0)]);
  await said(client);
  clients.push(client);
}
const told = said(server);
server.stdin.write('publish\n');
const published = Number(await told);

const records = [];
for (const [index, client] of clients.entries()) {
  const { received, requests } = await resultOf(client);
  const { rttMs, loss, seed } = links[index];
  for (const [method, came] of Object.entries(received)) {
    const rate = STREAMS.perSecond.find((each) => method === `ws_${each}`);
    const sent = rate === undefined ? published : rate * STREAMS.seconds;
    const latenciesMs = came.map(([, ms]) => ms);
    records.push({
      experiment: rate === undefined ? 'update_latency' : 'hol_blocking',
      conditions: { rtt_ms: rttMs, loss, jitter_ms: 0, rate_bps: 0, seed },
      parameters:
        rate === undefined
          ? { method, process: 'poisson', rate_per_s: UPDATES.perSecond, published, secs: UPDATES.seconds }
          : { stream: method, rate_per_s: rate, payload_bytes: STREAMS.bytes, secs: STREAMS.seconds },
      samples: came.length,
      metrics: {
        latency_ms: summary(latenciesMs),
        missing: sent - new Set(came.map(([n]) => n)).size,
        duplicates: came.length - new Set(came.map(([n]) => n)).size,
        ...(method in requests ? { http_requests_made: requests[method] } : {}),
      },
    });
  }
}
server.kill();
rig.close();
console.log(JSON.stringify({ records }, null, 1));
