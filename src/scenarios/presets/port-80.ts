import type { Preset } from './preset.ts';

export const PORT_80: Preset = {
  name: 'port-80',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The proxy that nobody chose',
    about:
      'A company’s network leads what goes to port 80 through a proxy. It reads the requests and passes them on, but leaves Upgrade out, as Squid does unless it is told otherwise: the server sees a plain GET and answers 426, so ws gets no WebSocket. SSE and long polling are plain requests and pass. Set encryption to TLS 1.3: on port 443 the proxy can only let the packets pass, and wss gets through.',
    seed: 1,
    durationMs: 30_000,
    settleMs: 5_000,
    network: { access: { rttMs: 60 } },
    edge: { tls: 'none', proxy: { kind: 'intercepting' } },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 1_000,
        arrivals: { kind: 'periodic', everyMs: 500 },
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.websocket.neverReady', min: 1 },
      { metric: 'groups.websocket.deliveries.delivered', max: 0 },
      // Again and again, with waits of up to 5 s; nothing of it is a failure of TCP.
      { metric: 'proxy.upgradesRemoved', min: 6, max: 15 },
      { metric: 'groups.websocket.connections.failed', max: 0 },
      { metric: 'groups.sse.deliveries.delivered', min: 58 },
      { metric: 'groups.sse.deliveries.lost', max: 0 },
      { metric: 'groups.long-polling.deliveries.delivered', min: 58 },
      { metric: 'groups.long-polling.deliveries.lost', max: 0 },
    ],
  },
};
