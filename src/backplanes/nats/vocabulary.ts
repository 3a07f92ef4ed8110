import type { Vocabulary } from '../../engine/contract/transport.ts';

/** What is said on any connection to NATS. */
export const VOCABULARY: Vocabulary = {
  'nats.connection': {
    label: 'connection to NATS',
    role: 'control',
    explanation: 'A TCP connection from a process to NATS.',
  },
  'nats.info': {
    label: 'INFO',
    role: 'control',
    explanation: 'The server introduces itself to whoever has connected.',
  },
  'nats.connect': {
    label: 'CONNECT',
    role: 'control',
    explanation: 'The client says who it is and how it wants to be treated.',
  },
  'nats.ping': { label: 'PING', role: 'control', explanation: 'Are you there? The answer is PONG.' },
  'nats.pong': { label: 'PONG', role: 'control', explanation: 'The answer to a PING.' },
  'nats.sub': {
    label: 'SUB',
    role: 'control',
    explanation: 'From now on this connection is sent what is published on subjects that match.',
  },
  'nats.unsub': {
    label: 'UNSUB',
    role: 'control',
    explanation: 'This connection does not want the messages of a subscription any more.',
  },
  'nats.pub': {
    label: 'PUB',
    role: 'request',
    explanation:
      'A message for everybody who is subscribed to its subject at this moment. Nobody confirms it.',
  },
  'nats.msg': {
    label: 'MSG',
    role: 'data',
    explanation: 'A message for a subscription of this connection.',
  },
};
