import { Agent, get } from 'node:http';
import WebSocket from 'ws';
import { nowUs } from './plan.mjs';
import { PORT, STREAMS } from './updates-plan.mjs';

/** Receives in every way at once. Says `ready`; when its input ends it prints what came. Argument: the server's address. */
const host = process.argv[2];
const received = {};
const requests = {};
const note = (method, { n, t }) => {
  received[method] ??= [];
  received[method].push([n, (nowUs() - t) / 1000]);
};

/** One after the other, each `afterMs` behind the last answer. */
function ask(method, path, agent, afterMs) {
  requests[method] = 0;
  const next = (since) => {
    requests[method]++;
    get({ host, port: PORT, path: `${path}?since=${since}`, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const { at, updates } = JSON.parse(text);
        for (const update of updates) note(method, update);
        if (afterMs > 0) setTimeout(next, afterMs, at);
        else next(at);
      });
    }).on('error', (error) => {
      console.error(method, error.message);
      setTimeout(next, 1000, since);
    });
  };
  next(0);
}

const kept = () => new Agent({ keepAlive: true, maxSockets: 1 });
const url = `ws://${host}:${PORT}`;
const opened = (socket) => new Promise((resolve) => socket.once('open', resolve));
const updates = new WebSocket(url);
updates.on('message', (data) => note('ws', JSON.parse(data)));
const frames = STREAMS.perSecond.map((rate) => {
  const socket = new WebSocket(`${url}/?rate=${rate}`);
  socket.on('message', (data) => {
    const [n, t] = String(data).split(' ', 2).map(Number);
    note(`ws_${rate}`, { n, t });
  });
  return socket;
});
const events = new Promise((resolve) => {
  get({ host, port: PORT, path: '/events', agent: kept() }, (response) => {
    let text = '';
    response.on('data', (chunk) => {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) if (block.startsWith('data: ')) note('sse', JSON.parse(block.slice(6)));
      resolve();
    });
  });
});
await Promise.all([opened(updates), ...frames.map(opened), events]);
ask('longpoll_ka', '/held', kept(), 0);
ask('longpoll_close', '/held', false, 0);
ask('pollafter_1000_ka', '/poll', kept(), 1000);
ask('pollafter_1000_close', '/poll', false, 1000);

process.stdin.resume();
process.stdin.on('end', () => {
  process.stdout.write(JSON.stringify({ received, requests }), () => process.exit(0));
});
console.log('ready');
