import type { NumberSpec, OptionSpecs } from '../../../engine/contract/option-spec.ts';
import { CLIENT_OPTIONS, duration, SERVER_OPTIONS } from '../options.ts';

const SERVER = 'nats-server 2.10';
const CLIENT = 'nats.go 1.37';

/** A limit that is not there by default. */
const limit = (unit: NumberSpec['unit'], about: string, max: number): NumberSpec => ({
  type: 'number',
  unit,
  min: 1,
  max,
  integer: true,
  orNull: 'no limit',
  default: null,
  about,
  source: `${SERVER}, server/stream.go: unlimited unless it is said (checkStreamCfg)`,
});

/** What only a durable consumer has, and only one whose messages are acknowledged. */
const DURABLE = { pattern: ['durable', 'shared'] };
const CONFIRMING = { ...DURABLE, ackPolicy: ['explicit', 'all'] };

/** The stream. */
const STREAM: OptionSpecs = {
  retention: {
    type: 'choice',
    values: ['limits', 'interest', 'workqueue'],
    default: 'limits',
    about:
      'What the stream keeps. limits: everything within its limits. interest: what a consumer has still to acknowledge. workqueue: what nobody has acknowledged, for one consumer.',
    source: `${SERVER}, server/stream.go: LimitsPolicy is the default`,
  },
  discard: {
    type: 'choice',
    values: ['old', 'new'],
    default: 'old',
    about: 'At a limit of messages or bytes: the oldest goes, or what is new is refused.',
    source: `${SERVER}, server/store.go: DiscardOld is the default`,
  },
  maxMsgs: limit('messages', 'Messages that the stream keeps.', 100_000_000),
  maxBytes: limit('bytes', 'Bytes that it keeps, of payloads and headers.', 1_000_000_000),
  maxAgeMs: {
    ...limit('ms', 'How long it keeps a message.', 3_600_000),
    min: 100,
    source: `${SERVER}, server/stream.go: no limit unless it is said; 100 ms at least (checkStreamCfg)`,
  },
  duplicateWindowMs: {
    ...duration(
      'How long the stream knows the id of a message, and takes another with the same one for a duplicate.',
      `${SERVER}, server/stream.go: StreamDefaultDuplicatesWindow`,
      120_000,
      100,
    ),
    needs: { msgId: [true] },
  },
};

/** Those who publish. */
const PUBLISHERS: OptionSpecs = {
  msgId: {
    type: 'flag',
    default: false,
    about: 'A source gives each message an id (Nats-Msg-Id), by which the stream knows it if it comes again.',
    source: 'docs.nats.io, JetStream, Message Deduplication: the header is the publisher’s to set',
  },
  publishTimeoutMs: duration(
    'How long a source waits for the acknowledgement of a message, and a server for an answer of the API.',
    `${CLIENT}, jetstream/jetstream.go: defaultAPITimeout`,
    5_000,
    10,
  ),
  publishRetries: {
    type: 'number',
    unit: 'attempts',
    min: 0,
    max: 1_000_000,
    integer: true,
    orNull: 'for ever',
    default: 0,
    about: 'How often the application publishes a message again that was not acknowledged in time.',
    source: `${CLIENT}, jetstream/publish.go: a timeout is an error, and what then is the application’s business`,
  },
};

/** Those who read. */
const CONSUMERS: OptionSpecs = {
  pattern: {
    type: 'choice',
    values: ['ordered', 'durable', 'shared'],
    default: 'ordered',
    about:
      'How servers read. ordered: each has an ordered consumer, which pushes and begins anew at a gap. durable: each pulls from a durable consumer of its own, and acknowledges. shared: all pull from one durable consumer, and a message goes to one of them.',
    source: 'docs.nats.io, JetStream, Consumers; an ordered consumer is the way to read everything in order',
  },
  deliverPolicy: {
    type: 'choice',
    values: ['all', 'last', 'new', 'by_start_sequence', 'by_start_time'],
    default: 'by_start_time',
    about:
      'Where a new consumer begins. by_start_time: with what is stored after its server’s process began, by that server’s clock.',
    source: 'a choice, what a server wants that has live clients; DeliverAll is the default of NATS',
  },
  optStartSeq: {
    type: 'number',
    unit: '',
    min: 1,
    max: 100_000_000,
    integer: true,
    default: 1,
    needs: { deliverPolicy: ['by_start_sequence'] },
    about: 'The sequence at which a consumer begins.',
    source: `${SERVER}, server/consumer.go: OptStartSeq`,
  },
  replayPolicy: {
    type: 'choice',
    values: ['instant', 'original'],
    default: 'instant',
    about:
      'What is in the stream already comes at once, or at the pace at which it was stored; who is late then stays late until messages pause.',
    source: `${SERVER}, server/consumer.go: ReplayInstant is the default`,
  },
  ackPolicy: {
    type: 'choice',
    values: ['explicit', 'all', 'none'],
    default: 'explicit',
    needs: DURABLE,
    about:
      'Of durable consumers: each message is acknowledged; or one and with it all before; or none, and what is lost is lost.',
    source: `${CLIENT}, jetstream/consumer_config.go: AckExplicitPolicy is the default of its consumers`,
  },
  ackWaitMs: {
    ...duration(
      'A message that is not acknowledged within this time is delivered again.',
      `${SERVER}, server/consumer.go: JsAckWaitDefault`,
      30_000,
      10,
    ),
    needs: { ...CONFIRMING, backoff: ['none'] },
  },
  backoff: {
    type: 'choice',
    values: ['none', 'growing'],
    default: 'none',
    needs: CONFIRMING,
    about:
      'growing: a message waits 1, 5, 15 and then always 30 s for its acknowledgement, instead of ackWaitMs.',
    source: `${SERVER}, server/consumer.go: BackOff takes the place of AckWait; none by default. The steps are a choice`,
  },
  maxDeliver: {
    type: 'number',
    unit: 'attempts',
    min: 1,
    max: 1_000_000,
    integer: true,
    orNull: 'no limit',
    default: null,
    needs: CONFIRMING,
    about: 'A message that was delivered so often without an acknowledgement is given up.',
    source: `${SERVER}, server/consumer.go: MaxDeliver -1`,
  },
  maxAckPending: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 1_000_000,
    integer: true,
    default: 1_000,
    needs: CONFIRMING,
    about: 'While so many messages wait for their acknowledgement, a consumer delivers no further one.',
    source: `${SERVER}, server/consumer.go: JsDefaultMaxAckPending`,
  },
  pullMaxMessages: {
    type: 'number',
    unit: 'messages',
    min: 1,
    max: 1_000_000,
    integer: true,
    default: 500,
    needs: DURABLE,
    about:
      'How many messages a server asks for at a time; it asks for more when it has dealt with half of them.',
    source: `${CLIENT}, jetstream/pull.go: DefaultMaxMessages`,
  },
  pullExpiryMs: {
    ...duration(
      'After how long such a request expires.',
      `${CLIENT}, jetstream/pull.go: DefaultExpires`,
      30_000,
      1_000,
    ),
    needs: DURABLE,
  },
  idleHeartbeatMs: {
    ...duration(
      'An ordered consumer that has nothing to deliver says so at this interval; after two without anything its server creates it anew.',
      `${CLIENT}, js.go: orderedHeartbeatsInterval, hbcThresh`,
      5_000,
      100,
    ),
    needs: { pattern: ['ordered'] },
  },
  inactiveThresholdMs: {
    ...duration(
      'A consumer that is not durable is deleted when nobody has listened to it for so long.',
      `${SERVER}, server/consumer.go: JsDeleteWaitTimeDefault`,
      5_000,
      10,
    ),
    needs: { pattern: ['ordered'] },
  },
  perAppendMs: duration(
    'CPU time of the server for writing a message to the stream.',
    'an estimate: a write to the page cache',
    0.01,
    0,
    1_000,
  ),
};

export const OPTIONS: OptionSpecs = {
  ...STREAM,
  ...PUBLISHERS,
  ...CONSUMERS,
  ...SERVER_OPTIONS,
  ...CLIENT_OPTIONS,
};
