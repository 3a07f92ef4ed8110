import type { Vocabulary } from '../../engine/contract/transport.ts';

/** What every connection begins with. */
export const CONNECTION_WORDS: Vocabulary = {
  'redis.connect': {
    label: 'connection to Redis',
    role: 'control',
    explanation: 'A TCP connection from a process to Redis.',
  },
  'redis.info': {
    label: 'INFO',
    role: 'control',
    explanation: 'The client library asks whether the server has loaded its data.',
  },
  'redis.info-reply': { label: 'INFO’s answer', role: 'control', explanation: 'The server is ready.' },
};
