import type { BackplaneManifest, Claim } from '../../../engine/contract/backplane.ts';
import { consumersOf, STREAM } from './names.ts';
import { OPTIONS } from './options.ts';
import { JETSTREAM_VOCABULARY } from './vocabulary.ts';

/** A source that tries until it is told, a stream that keeps everything, and readers that begin where they should. */
const careful = {
  publishRetries: null,
  retention: 'limits',
  discard: 'old',
  maxMsgs: null,
  maxBytes: null,
  maxAgeMs: null,
  deliverPolicy: 'by_start_time',
};

/** The first that fits counts. */
const GUARANTEES: readonly Claim[] = [
  {
    when: { ...careful, pattern: 'ordered', msgId: true },
    delivery: 'effectively once',
    ordered: 'room',
    replay: true,
  },
  // Without ids a message whose acknowledgement was lost is in the stream twice.
  { when: { ...careful, pattern: 'ordered' }, delivery: 'at least once', ordered: 'room', replay: true },
  {
    when: { ...careful, pattern: 'durable', ackPolicy: 'explicit', maxDeliver: null },
    delivery: 'at least once',
    ordered: 'none',
    replay: true,
  },
  // A source that does not try again stores nothing twice, and an ordered consumer hands nothing over twice.
  {
    when: { pattern: 'ordered', publishRetries: 0, deliverPolicy: 'by_start_time' },
    delivery: 'at most once',
    ordered: 'room',
    replay: true,
  },
  { delivery: 'unspecified', ordered: 'none', replay: false },
];

/** What it is, what it can be told, and how far it can be trusted. */
export const jetstreamManifest: BackplaneManifest = {
  kind: 'jetstream',
  title: 'NATS JetStream',
  about:
    'NATS with a stream that keeps what is published: consumers deliver it in order, and again until it is acknowledged.',
  options: OPTIONS,
  nodes: () => [{ name: 'nats', title: 'NATS' }],
  links: ['server-node', 'source-node'],
  logs: () => [{ name: STREAM, partitions: 1 }],
  consumers: ({ pattern }, servers) => consumersOf(pattern as string, servers),
  guarantees: GUARANTEES,
  vocabulary: JETSTREAM_VOCABULARY,
  sources: [
    'docs.nats.io: JetStream (streams, consumers, model deep dive), JetStream wire API reference',
    'nats-server 2.10.22: server/stream.go (processJetStreamMsg, dedupe), server/consumer.go (getNextMsg, loopAndGatherMsgs, checkPending, processAckMsg, processFlowControl, updateDeliveryInterest, selectStartingSeqNo)',
    'nats.go 1.37: jetstream/publish.go, jetstream/pull.go, js.go (checkOrderedMsgs, resetOrderedConsumer, activityCheck)',
  ],
  leavesOut: [
    'Replicas: the stream is on one server (R1), so there is no Raft, and while that server is down nothing is stored.',
    'The disk: what is written is in the page cache and outlives the process, as it does unless the machine dies; so do the positions of durable consumers, which nats-server writes a little later.',
    'Publishing without waiting for each acknowledgement; subjects as filters of consumers (each is delivered all rooms); rate limits, negative acknowledgements, last per subject, mirrors and sources.',
    'Heartbeats of pull requests: a server that has heard nothing for pullExpiryMs asks again, as its client library would.',
    'A request to the API without an answer is made again at once, for ever.',
    'What core NATS leaves out here.',
  ],
};
