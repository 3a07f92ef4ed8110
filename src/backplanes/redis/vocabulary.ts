import type { Vocabulary } from '../../engine/contract/transport.ts';

/** What every connection begins with. */
export const CONNECTION_WORDS: Vocabulary = {
  'redis.connect': {
    label: 'connection to Redis',
    role: 'control',
    explanation: 'A TCP connection from a process to Redis.',
  },
  'redis.setinfo': {
    label: 'CLIENT SETINFO',
    role: 'control',
    explanation: 'The client library says what it is called, or of which version it is.',
  },
  'redis.setinfo-reply': {
    label: 'error',
    role: 'control',
    explanation: 'Redis before 7.2 does not know the command; the client library goes on all the same.',
  },
  'redis.info': {
    label: 'INFO',
    role: 'control',
    explanation: 'The client library asks whether the server has loaded its data.',
  },
  'redis.info-reply': { label: 'INFO’s answer', role: 'control', explanation: 'The server is ready.' },
};
