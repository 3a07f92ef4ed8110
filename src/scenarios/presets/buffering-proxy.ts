import type { Preset } from './preset.ts';

export const BUFFERING_PROXY: Preset = {
  name: 'buffering-proxy',
  group: 'load-balancer',
  scenario: {
    version: 1,
    name: 'The proxy that saves up the stream',
    about:
      'The load balancer collects a response until it has 4,096 bytes of it, as nginx does unless it is told otherwise. An event stream is a response that never ends: its events lie in the proxy and come in heaps, seconds late. A long poll’s answer is complete and passes at once, and a WebSocket is no response. Set bufferBytes to null and the stream is as quick as the rest.',
    seed: 1,
    durationMs: 40_000,
    settleMs: 10_000,
    network: { access: { rttMs: 60 } },
    edge: { loadBalancer: { kind: 'layer-7', bufferBytes: 4_096 } },
    publishers: [
      {
        name: 'editor',
        room: 'doc-123',
        startMs: 2_000,
        arrivals: { kind: 'periodic', everyMs: 250 },
        text: 'hello ',
      },
    ],
    clients: [
      { name: 'sse', transport: { kind: 'sse' } },
      { name: 'long-polling', transport: { kind: 'long-polling' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.sse.deliveries.latencyMs.p50', min: 2_000 },
      { metric: 'groups.sse.deliveries.lost', min: 1 },
      { metric: 'groups.long-polling.deliveries.latencyMs.max', max: 150 },
      { metric: 'groups.websocket.deliveries.latencyMs.max', max: 50 },
    ],
  },
};
