import type { Vocabulary } from '../../engine/contract/transport.ts';

/** The words of Pub/Sub's API, and of the storage behind it. */
export const VOCABULARY: Vocabulary = {
  'pubsub.channel': {
    label: 'gRPC channel',
    role: 'control',
    explanation: 'A connection on which a client library makes its calls, or the service writes to a zone.',
  },
  'pubsub.publish': {
    label: 'Publish',
    role: 'data',
    explanation: 'Messages for the topic. The call is made again until it is answered.',
  },
  'pubsub.pull': {
    label: 'StreamingPull',
    role: 'request',
    explanation: 'A subscriber opens a stream: from now on it is sent messages of its subscription.',
  },
  'pubsub.keep-alive': {
    label: 'keep-alive',
    role: 'control',
    explanation: 'An empty request, so that the stream does not look idle.',
  },
  'pubsub.messages': {
    label: 'messages',
    role: 'data',
    explanation: 'Messages, each with an id to acknowledge it by before its deadline.',
  },
  'pubsub.acknowledge': {
    label: 'Acknowledge',
    role: 'control',
    explanation: 'The subscriber is done with these messages.',
  },
  'pubsub.modify-deadline': {
    label: 'ModifyAckDeadline',
    role: 'control',
    explanation: 'The subscriber needs more time for these messages, or (0) gives them back.',
  },
  'pubsub.answer': {
    label: 'answer',
    role: 'response',
    explanation: 'The call is done. To Publish: two zones have the messages.',
  },
  'pubsub.entries': {
    label: 'messages to a zone',
    role: 'data',
    explanation: 'Messages to be stored. Two of three zones have to have them.',
  },
  'pubsub.acks': {
    label: 'acknowledgements to a zone',
    role: 'control',
    explanation: 'What a subscription is done with.',
  },
  'pubsub.leases': {
    label: 'leases to a zone',
    role: 'control',
    explanation:
      'Who has which message until when: where delivery is exactly once, that must outlive a crash.',
  },
  'pubsub.deleted': {
    label: 'deletions to a zone',
    role: 'control',
    explanation: 'Messages that all subscriptions are done with.',
  },
  'pubsub.written': { label: 'written', role: 'response', explanation: 'The zone has it on its disks.' },
  'pubsub.read': {
    label: 'read',
    role: 'request',
    explanation: 'A new process of the service asks what a zone has.',
  },
  'pubsub.contents': {
    label: 'contents of a zone',
    role: 'data',
    explanation: 'The messages that are not deleted, and what is known of each subscription.',
  },
};
