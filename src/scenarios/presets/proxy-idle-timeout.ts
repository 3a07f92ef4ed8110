import type { Preset } from './preset.ts';

export const PROXY_IDLE_TIMEOUT: Preset = {
  name: 'proxy-idle-timeout',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The proxy hangs up after a minute of silence',
    about:
      'A load balancer that ends HTTP cuts whatever says nothing for sixty seconds. A request that the server holds for ninety is answered with a 504, a silent event stream and a silent WebSocket are closed, and all come back. A WebSocket that pings, and a request that is held for less, never notice.',
    seed: 1,
    durationMs: 240_000,
    settleMs: 10_000,
    network: { access: { rttMs: 60 } },
    edge: { loadBalancer: { kind: 'layer-7' } },
    publishers: [
      { name: 'editor', room: 'doc-123', startMs: 95_000, arrivals: { kind: 'periodic', everyMs: 110_000 } },
    ],
    clients: [
      { name: 'held-too-long', transport: { kind: 'long-polling', holdMs: 90_000 } },
      { name: 'long-polling', transport: { kind: 'long-polling', holdMs: 30_000 } },
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket', pingIntervalMs: null } },
      { name: 'pinging', transport: { kind: 'websocket', pingIntervalMs: 25_000 } },
    ],
    expect: [
      { metric: 'loadBalancer.gatewayTimeout', min: 2 },
      { metric: 'loadBalancer.idleTimeouts', min: 4 },
      { metric: 'groups.sse.connections.reconnects', min: 2 },
      { metric: 'groups.websocket.connections.reconnects', min: 2 },
      { metric: 'groups.pinging.connections.reconnects', max: 0 },
      { metric: 'groups.long-polling.connections.reconnects', max: 0 },
    ],
  },
};
