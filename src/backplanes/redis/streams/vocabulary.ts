import type { Vocabulary } from '../../../engine/contract/transport.ts';
import { CONNECTION_WORDS } from '../vocabulary.ts';

/** The words of Redis' commands. */
export const VOCABULARY: Vocabulary = {
  ...CONNECTION_WORDS,
  'redis.client-id': {
    label: 'CLIENT ID',
    role: 'control',
    explanation: 'What is the number of this connection? By it the other one can end its wait.',
  },
  'redis.unblock': {
    label: 'CLIENT UNBLOCK',
    role: 'control',
    explanation: 'There is one more stream to wait for: end the wait of the other connection.',
  },
  'redis.xadd': {
    label: 'XADD',
    role: 'request',
    explanation: 'One more entry for the stream of a room, and perhaps the oldest ones away (MAXLEN).',
  },
  'redis.added': { label: 'ID of the entry', role: 'response', explanation: 'The entry is in the stream.' },
  'redis.xread': {
    label: 'XREAD',
    role: 'request',
    explanation: 'What is there behind these IDs? If there is nothing, Redis lets the question wait (BLOCK).',
  },
  'redis.xreadgroup': {
    label: 'XREADGROUP',
    role: 'request',
    explanation:
      'What has no consumer of the group been handed yet? Or, after a start: what has this one not acknowledged?',
  },
  'redis.entries': {
    label: 'entries',
    role: 'data',
    explanation: 'Entries of a stream, oldest first: all that came since the last question, up to COUNT.',
  },
  'redis.nothing': {
    label: 'nothing',
    role: 'control',
    explanation: 'Nothing came while the question waited; the reader asks again.',
  },
  'redis.xrevrange': {
    label: 'XREVRANGE',
    role: 'request',
    explanation: 'What is the last entry? A reader begins behind it.',
  },
  'redis.xrange': {
    label: 'XRANGE',
    role: 'request',
    explanation: 'What is there behind this entry? For a client that has missed something.',
  },
  'redis.xgroup': {
    label: 'XGROUP CREATE',
    role: 'control',
    explanation: 'Make a consumer group, unless there is one.',
  },
  'redis.xack': {
    label: 'XACK',
    role: 'control',
    explanation: 'This entry is done with: it leaves the list of pending entries.',
  },
  'redis.xautoclaim': {
    label: 'XAUTOCLAIM',
    role: 'request',
    explanation: 'What has been pending for too long? From now on it is mine.',
  },
  'redis.claimed': {
    label: 'claimed entries',
    role: 'data',
    explanation: 'Entries that another consumer was handed, and did not acknowledge in time.',
  },
  'redis.reply': { label: 'OK', role: 'control', explanation: 'The command is done.' },
  'redis.error': {
    label: 'error',
    role: 'control',
    explanation: 'There is a group of this name (BUSYGROUP), or there is none (NOGROUP).',
  },
};
