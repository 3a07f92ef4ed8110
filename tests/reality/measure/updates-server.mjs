import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { rigEvents } from './events.mjs';
import { nowUs } from './plan.mjs';
import { PORT, REST_MS, SETTLE_MS, STREAMS, UPDATES } from './updates-plan.mjs';

/** Serves updates in every way at once. Says `ready`; begins to publish when told to; ends when it has published. */
const log = [];
const held = new Set();
const streams = new Set();
const sockets = new Set();
const framed = new Map(STREAMS.perSecond.map((rate) => [rate, new Set()]));

const answer = (response, since) => {
  const body = JSON.stringify({ at: log.length, updates: log.slice(since) });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://server');
  const since = Number(searchParams.get('since'));
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    streams.add(response);
  } else if (pathname === '/held' && since >= log.length) {
    const waiting = { response, since };
    held.add(waiting);
    request.once('close', () => held.delete(waiting));
  } else answer(response, since);
});
server.keepAliveTimeout = 600_000;
new WebSocketServer({ server }).on('connection', (socket, { url }) => {
  const rate = Number(new URL(url, 'http://server').searchParams.get('rate'));
  (framed.get(rate) ?? sockets).add(socket);
});

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const until = (us) => pause(Math.max(0, (us - nowUs()) / 1000));

function publish() {
  const update = { n: log.length, t: nowUs(), padding: 'x'.repeat(40) };
  log.push(update);
  for (const waiting of [...held]) {
    held.delete(waiting);
    answer(waiting.response, waiting.since);
  }
  for (const socket of sockets) socket.send(JSON.stringify(update));
  for (const stream of streams) stream.write(`data: ${JSON.stringify(update)}\n\n`);
}

server.listen(PORT, '0.0.0.0', () => console.log('ready'));
process.stdin.once('data', async () => {
  await pause(SETTLE_MS);
  const startUs = nowUs();
  for (const ms of rigEvents(UPDATES.perSecond, UPDATES.seconds)) {
    await until(startUs + ms * 1000);
    publish();
  }
  await until(startUs + UPDATES.seconds * 1e6 + REST_MS * 1000);
  await Promise.all(
    [...framed].map(async ([rate, to]) => {
      const startUs = nowUs();
      for (let n = 0; n < rate * STREAMS.seconds; n++) {
        await until(startUs + (n * 1e6) / rate);
        const frame = `${n} ${nowUs()} `.padEnd(STREAMS.bytes, 'x');
        for (const socket of to) socket.send(frame);
      }
    }),
  );
  await pause(REST_MS);
  console.log(String(log.length));
});
