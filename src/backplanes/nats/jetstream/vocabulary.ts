import type { Vocabulary } from '../../../engine/contract/transport.ts';
import { VOCABULARY } from '../vocabulary.ts';

const control = (label: string, explanation: string) => ({ label, role: 'control', explanation }) as const;

export const JETSTREAM_VOCABULARY: Vocabulary = {
  ...VOCABULARY,
  'nats.js-publish': {
    label: 'PUB to the stream',
    role: 'request',
    explanation: 'A message for the stream, with the inbox that its acknowledgement is to go to.',
  },
  'nats.js-puback': {
    label: 'PubAck',
    role: 'response',
    explanation: 'The message is in the stream (or was refused); this is its sequence.',
  },
  'nats.js-duplicate': {
    label: 'PubAck: duplicate',
    role: 'response',
    explanation: 'The stream has a message with this id already; it was not stored again.',
  },
  'nats.js-create': control('create consumer', 'A reader asks for a consumer, or for the one that is there.'),
  'nats.js-created': control('consumer created', 'The consumer is there, and so much waits in the stream.'),
  'nats.js-refused': control('consumer refused', 'The stream does not allow such a consumer.'),
  'nats.js-delete': control('delete consumer', 'A consumer that was begun anew is not needed any more.'),
  'nats.js-next': control('pull request', 'A reader asks for as many messages as it can take.'),
  'nats.js-expired': control('pull request expired', '408: the time of the request is over.'),
  'nats.js-heartbeat': control(
    'idle heartbeat',
    'The consumer lives and has nothing to deliver; it says how many it has delivered.',
  ),
  'nats.js-flow': control('flow control', 'Tell me when you have come so far; and, back: I have.'),
  'nats.js-ack': control('ack', 'The application is done with the message: +ACK.'),
};
