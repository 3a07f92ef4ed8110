import type { Vocabulary } from '../../../engine/contract/transport.ts';
import { CONNECTION_WORDS } from '../vocabulary.ts';

/** The words of Pub/Sub's commands. */
export const VOCABULARY: Vocabulary = {
  ...CONNECTION_WORDS,
  'redis.publish': {
    label: 'PUBLISH',
    role: 'request',
    explanation: 'A message for everybody who is subscribed to the channel at this moment.',
  },
  'redis.published': {
    label: 'number of receivers',
    role: 'response',
    explanation: 'To how many connections Redis has passed the message on; 0 is no error.',
  },
  'redis.subscribe': {
    label: 'SUBSCRIBE',
    role: 'control',
    explanation: 'From now on this connection is sent what is published on these channels.',
  },
  'redis.unsubscribe': {
    label: 'UNSUBSCRIBE',
    role: 'control',
    explanation: 'Nobody at this server watches these rooms any more.',
  },
  'redis.psubscribe': {
    label: 'PSUBSCRIBE',
    role: 'control',
    explanation:
      'From now on this connection is sent what is published on any channel that fits the pattern.',
  },
  'redis.confirmed': {
    label: 'subscription confirmed',
    role: 'control',
    explanation: 'The subscriptions of this connection are as it asked.',
  },
  'redis.message': {
    label: 'message',
    role: 'data',
    explanation: 'A message for a channel that the connection is subscribed to.',
  },
  'redis.pmessage': {
    label: 'pmessage',
    role: 'data',
    explanation: 'A message for a channel that fits a pattern of the connection.',
  },
};
