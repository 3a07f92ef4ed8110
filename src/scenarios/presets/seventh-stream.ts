import type { Preset } from './preset.ts';

export const SEVENTH_STREAM: Preset = {
  name: 'seventh-stream',
  group: 'transports',
  scenario: {
    version: 1,
    name: 'The seventh event stream',
    about:
      'A browser opens six HTTP/1.1 connections to an origin. With a stream for each room, the seventh room stays silent; one stream for all rooms, or a WebSocket, does not care.',
    seed: 1,
    durationMs: 20_000,
    settleMs: 5_000,
    network: { access: { rttMs: 100 } },
    publishers: ['room-1', 'room-2', 'room-3', 'room-4', 'room-5', 'room-6', 'room-7'].map((room, index) => ({
      name: `editor-${index + 1}`,
      room,
      startMs: 1_500 + index * 100,
      arrivals: { kind: 'periodic', everyMs: 1_000 },
    })),
    clients: [
      { name: 'stream-per-room', transport: { kind: 'sse', perRoom: true } },
      { name: 'one-stream', transport: { kind: 'sse' } },
      { name: 'websocket', transport: { kind: 'websocket' } },
    ],
    expect: [
      { metric: 'groups.stream-per-room.connections.attempts', max: 6 },
      { metric: 'groups.stream-per-room.deliveries.lost', min: 15 },
      { metric: 'groups.one-stream.deliveries.lost', max: 0 },
    ],
  },
};
