import type { OptionSpecs } from '../../engine/contract/option-spec.ts';

const PROTO = 'google/pubsub/v1/pubsub.proto';
const RETRY_POLICY = `${PROTO}, RetryPolicy`;
const LIBRARY = '@google-cloud/pubsub for Node.js, src/default-options.ts';

/** The subscription, and how it is read. */
export const SUBSCRIPTION_OPTIONS: OptionSpecs = {
  subscription: {
    type: 'choice',
    values: ['per-server', 'shared'],
    default: 'per-server',
    about:
      'per-server: each server has a subscription of its own, and gets everything. shared: all servers share one, and each message goes to one of them.',
    source: 'a choice: a fleet whose servers all have clients of a room needs a subscription for each',
  },
  ackDeadlineMs: {
    type: 'number',
    unit: 'ms',
    min: 10_000,
    max: 600_000,
    default: 10_000,
    about:
      'How long a subscriber has to acknowledge a message before it is sent again: what the client library asks for with each stream, whatever the subscription’s own deadline.',
    source: `${LIBRARY}: startingAckDeadline 10 s (minAckDeadline for more); src/message-stream.ts: streamAckDeadlineSeconds`,
  },
  enableMessageOrdering: {
    type: 'flag',
    default: false,
    about:
      'Messages are published with their room as ordering key and delivered in order within it; if one is sent again, so is all behind it.',
    source: `${PROTO}, Subscription.enable_message_ordering: false`,
  },
  enableExactlyOnceDelivery: {
    type: 'flag',
    default: false,
    about:
      'Nobody is sent a message that somebody has, or that was acknowledged; an acknowledgement after the deadline fails. What is published twice still comes twice.',
    source: 'cloud.google.com/pubsub/docs/exactly-once-delivery; off by default',
  },
  retryPolicy: {
    type: 'choice',
    values: ['immediate', 'exponential'],
    default: 'immediate',
    about: 'When a message is sent again whose deadline is over, or that was given back.',
    source: 'cloud.google.com/pubsub/docs/subscription-retry-policy: immediate redelivery',
  },
  minimumBackoffMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 10_000,
    needs: { retryPolicy: ['exponential'] },
    about: 'The first wait. Each further one is twice as long (the factor is an estimate).',
    source: `${RETRY_POLICY}.minimum_backoff: 10 s`,
  },
  maximumBackoffMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 600_000,
    needs: { retryPolicy: ['exponential'] },
    about: 'The longest wait.',
    source: `${RETRY_POLICY}.maximum_backoff: 600 s`,
  },
  maxDeliveryAttempts: {
    type: 'number',
    unit: 'attempts',
    min: 5,
    max: 100,
    integer: true,
    orNull: 'no dead-letter topic',
    default: null,
    about:
      'After so many attempts a message is forwarded to the dead-letter topic, and its subscriber never gets it.',
    source: `${PROTO}, DeadLetterPolicy.max_delivery_attempts: without a policy there is none`,
  },
  messageRetentionMs: {
    type: 'number',
    unit: 'ms',
    min: 600_000,
    max: 604_800_000,
    default: 604_800_000,
    about: 'How long a message is kept that is not acknowledged.',
    source: `${PROTO}, Subscription.message_retention_duration: 7 days`,
  },
};

/** What the client library does by itself, and what the application does. */
export const CLIENT_OPTIONS: OptionSpecs = {
  maxExtensionMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 3_600_000,
    about:
      'How long the client library goes on extending the deadline of a message that is worked on. 0: never.',
    source: `${LIBRARY}: maxExtensionMinutes 60`,
  },
  maxMessages: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 100_000,
    integer: true,
    default: 1_000,
    about: 'Messages that a subscriber may have at a time without having acknowledged them.',
    source: `${LIBRARY}: maxOutstandingMessages 1000`,
  },
  maxBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 1_000_000_000,
    integer: true,
    default: 104_857_600,
    about: 'Bytes of messages that a subscriber may have at a time.',
    source: `${LIBRARY}: maxOutstandingBytes 100 MB`,
  },
  batchMaxMessages: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 1_000,
    integer: true,
    default: 100,
    about: 'A publisher sends what it has gathered when it has so many messages.',
    source: `${LIBRARY}: publish.maxOutstandingMessages 100`,
  },
  batchMaxBytes: {
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 9_437_184,
    integer: true,
    default: 1_048_576,
    about:
      'A publisher sends what it has gathered before it would have more bytes. With ordering keys it gathers as much as the API takes while a call is under way.',
    source: `${LIBRARY}: publish.maxOutstandingBytes 1 MB`,
  },
  batchMaxMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 10,
    about: 'A publisher gathers messages for so long.',
    source: `${LIBRARY}: publish.maxDelayMillis 10`,
  },
  ackBatchMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 600_000,
    default: 100,
    about: 'A subscriber gathers acknowledgements and extensions for so long.',
    source: '@google-cloud/pubsub for Node.js, src/message-queues.ts: maxMilliseconds 100',
  },
  nackPct: {
    type: 'number',
    unit: '%',
    min: 0,
    max: 100,
    default: 0,
    about: 'Share of the copies that the application of a server cannot process, and gives back.',
    source: 'a choice: none',
  },
};

/** What it costs. Google publishes none of it. */
export const COST_OPTIONS: OptionSpecs = {
  serviceRequestMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.02,
    about: 'CPU time of the service for a call.',
    source: 'an estimate',
  },
  serviceDeliveryMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.005,
    about: 'CPU time of the service for sending one copy of a message.',
    source: 'an estimate',
  },
  zoneWriteMs: {
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 1_000,
    default: 0.1,
    about: 'Time that a zone needs to write something down.',
    source: 'an estimate: a write to flash storage',
  },
};
