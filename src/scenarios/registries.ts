import type { OptionSpecs } from '../engine/contract/option-spec.ts';
import type { Registries } from './schema/scenario.ts';

const KEEP_ALIVE = {
  type: 'flag',
  default: true,
  about: 'Keeps the connection for the next request.',
  source: 'RFC 9112 §9.3',
} as const;

const ms = (value: number | null, min: number, about: string, orNull?: string): OptionSpecs[string] => ({
  type: 'number',
  unit: 'ms',
  min,
  max: 3_600_000,
  default: value,
  about,
  source: 'a choice',
  ...(orNull === undefined ? {} : { orNull }),
});

const flag = (value: boolean, about: string) =>
  ({ type: 'flag', default: value, about, source: 'a choice' }) as const;

const plugIn = (title: string, about: string, options: OptionSpecs) => ({
  manifest: { title, about, options },
});

/** The plug-ins that scenarios may name. */
export const REGISTRIES: Registries = {
  transports: {
    polling: plugIn('Polling', 'Asks again and again.', {
      intervalMs: ms(1_000, 10, 'Distance between two polls.'),
      keepAlive: KEEP_ALIVE,
      schedule: {
        type: 'choice',
        values: ['fixed-rate', 'after-response'],
        default: 'fixed-rate',
        about: 'When the next poll is due.',
        source: 'setInterval',
      },
    }),
    'long-polling': plugIn('Long polling', 'Asks, and the server answers when there is something.', {
      holdMs: ms(25_000, 100, 'How long the server holds a request.'),
      keepAlive: KEEP_ALIVE,
    }),
    sse: plugIn('Server-Sent Events', 'One answer that never ends.', {
      retryMs: ms(3_000, 0, 'Wait before a lost stream is opened again.'),
      perRoom: flag(false, 'A stream for each room.'),
    }),
    websocket: plugIn('WebSocket', 'Messages both ways over one connection.', {
      pingIntervalMs: ms(null, 100, 'Distance between two pings.', 'off'),
      pongTimeoutMs: ms(5_000, 100, 'How long to wait for a pong.'),
      resume: flag(false, 'Asks for what it missed when it comes back.'),
    }),
  },
  backplanes: { direct: plugIn('Direct', 'The source hands each message to the one server.', {}) },
};
