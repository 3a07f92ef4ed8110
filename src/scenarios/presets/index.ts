import { BATCHED_FRAMES } from './batched-frames.ts';
import { BBR_WINDOW } from './bbr-window.ts';
import { BUFFERING_PROXY } from './buffering-proxy.ts';
import { CONDITIONAL_POLLING } from './conditional-polling.ts';
import { CUBIC_WINDOW } from './cubic-window.ts';
import { DB_CLOCK_SKEW } from './db-clock-skew.ts';
import { DB_LATE_COMMIT } from './db-late-commit.ts';
import { DB_SATURATED } from './db-saturated.ts';
import { DNS_DOWN } from './dns-down.ts';
import { DUPLICATES_DROPPED } from './duplicates-dropped.ts';
import { EVENT_LOOP } from './event-loop.ts';
import { GROWING_AUDIENCE } from './growing-audience.ts';
import { HALF_OPEN } from './half-open.ts';
import { HEAD_OF_LINE } from './head-of-line.ts';
import { JETSTREAM_MSG_ID } from './jetstream-msg-id.ts';
import { JETSTREAM_REDELIVERY } from './jetstream-redelivery.ts';
import { JETSTREAM_REPLAY } from './jetstream-replay.ts';
import { JETSTREAM_TWICE } from './jetstream-twice.ts';
import { KAFKA_ACKS_1 } from './kafka-acks-1.ts';
import { KAFKA_ACKS_ALL } from './kafka-acks-all.ts';
import { KAFKA_COMMIT_AFTER } from './kafka-commit-after.ts';
import { KAFKA_COMMIT_BEFORE } from './kafka-commit-before.ts';
import { KAFKA_ORDER } from './kafka-order.ts';
import { KAFKA_REBALANCE_COOPERATIVE } from './kafka-rebalance-cooperative.ts';
import { KAFKA_REBALANCE_EAGER } from './kafka-rebalance-eager.ts';
import { LEASE_EXPIRY } from './lease-expiry.ts';
import { LINK_DOWN } from './link-down.ts';
import { LONG_POLLING_GAP } from './long-polling-gap.ts';
import { LOSSY_MOBILE } from './lossy-mobile.ts';
import { LOST_DATAGRAM } from './lost-datagram.ts';
import { LOST_SYN } from './lost-syn.ts';
import { MODULO_ELEVENTH } from './modulo-eleventh.ts';
import { NATS_AWAY } from './nats-away.ts';
import { NATS_QUEUE_GROUP } from './nats-queue-group.ts';
import { NATS_SLOW_CONSUMER } from './nats-slow-consumer.ts';
import { NEW_ADDRESS } from './new-address.ts';
import { NEW_CONNECTION } from './new-connection.ts';
import { NOBODY_WATCHES } from './nobody-watches.ts';
import { ONE_LOST_PACKET } from './one-lost-packet.ts';
import { POLLING_SCHEDULES } from './polling-schedules.ts';
import { PORT_80 } from './port-80.ts';
import type { Preset } from './preset.ts';
import { PROXY_IDLE_TIMEOUT } from './proxy-idle-timeout.ts';
import { PUBSUB_LATE_ACK } from './pubsub-late-ack.ts';
import { PUBSUB_LEASE_EXTENDED } from './pubsub-lease-extended.ts';
import { PUBSUB_NO_ORDER } from './pubsub-no-order.ts';
import { PUBSUB_ORDERING_KEYS } from './pubsub-ordering-keys.ts';
import { PULSAR_BROKER_FAILS } from './pulsar-broker-fails.ts';
import { PULSAR_KEY_SHARED } from './pulsar-key-shared.ts';
import { PULSAR_SHARED } from './pulsar-shared.ts';
import { RACE } from './race.ts';
import { RECONNECT_JITTER } from './reconnect-jitter.ts';
import { REDIS_AWAY } from './redis-away.ts';
import { REJOINED_SERVER } from './rejoined-server.ts';
import { RING_ELEVENTH } from './ring-eleventh.ts';
import { RING_STALE_VIEW } from './ring-stale-view.ts';
import { SERVER_CRASH } from './server-crash.ts';
import { SEVENTH_STREAM } from './seventh-stream.ts';
import { SLOW_LINK } from './slow-link.ts';
import { SLOW_SUBSCRIBER } from './slow-subscriber.ts';
import { SNAPSHOT_GAP } from './snapshot-gap.ts';
import { STICKY_COOKIE } from './sticky-cookie.ts';
import { STREAMS_CLAIMED } from './streams-claimed.ts';
import { STREAMS_REPLAY } from './streams-replay.ts';
import { STREAMS_TRIMMED } from './streams-trimmed.ts';
import { THREAD_PER_REQUEST } from './thread-per-request.ts';
import { TOPICS_CACHE, TOPICS_ROOM, TOPICS_USER } from './topic-design.ts';
import { TWO_SERVERS } from './two-servers.ts';
import { UPGRADE_REMOVED } from './upgrade-removed.ts';

export type { Preset } from './preset.ts';

/** The scenarios that come along, in the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
  RACE,
  ONE_LOST_PACKET,
  LOST_SYN,
  LOST_DATAGRAM,
  HEAD_OF_LINE,
  CUBIC_WINDOW,
  BBR_WINDOW,
  NEW_CONNECTION,
  POLLING_SCHEDULES,
  CONDITIONAL_POLLING,
  LONG_POLLING_GAP,
  THREAD_PER_REQUEST,
  EVENT_LOOP,
  LOSSY_MOBILE,
  SLOW_LINK,
  LINK_DOWN,
  HALF_OPEN,
  NEW_ADDRESS,
  SERVER_CRASH,
  RECONNECT_JITTER,
  SEVENTH_STREAM,
  DNS_DOWN,
  GROWING_AUDIENCE,
  BATCHED_FRAMES,
  TWO_SERVERS,
  NOBODY_WATCHES,
  TOPICS_ROOM,
  TOPICS_USER,
  TOPICS_CACHE,
  MODULO_ELEVENTH,
  RING_ELEVENTH,
  RING_STALE_VIEW,
  LEASE_EXPIRY,
  DB_SATURATED,
  DB_LATE_COMMIT,
  DB_CLOCK_SKEW,
  REDIS_AWAY,
  SLOW_SUBSCRIBER,
  STREAMS_REPLAY,
  STREAMS_CLAIMED,
  STREAMS_TRIMMED,
  SNAPSHOT_GAP,
  KAFKA_ORDER,
  KAFKA_REBALANCE_EAGER,
  KAFKA_REBALANCE_COOPERATIVE,
  KAFKA_ACKS_1,
  KAFKA_ACKS_ALL,
  KAFKA_COMMIT_BEFORE,
  KAFKA_COMMIT_AFTER,
  NATS_SLOW_CONSUMER,
  NATS_QUEUE_GROUP,
  NATS_AWAY,
  JETSTREAM_REPLAY,
  JETSTREAM_REDELIVERY,
  JETSTREAM_TWICE,
  JETSTREAM_MSG_ID,
  PUBSUB_LATE_ACK,
  DUPLICATES_DROPPED,
  PUBSUB_LEASE_EXTENDED,
  PUBSUB_NO_ORDER,
  PUBSUB_ORDERING_KEYS,
  PULSAR_BROKER_FAILS,
  PULSAR_SHARED,
  PULSAR_KEY_SHARED,
  REJOINED_SERVER,
  UPGRADE_REMOVED,
  PORT_80,
  PROXY_IDLE_TIMEOUT,
  BUFFERING_PROXY,
  STICKY_COOKIE,
];

/** The preset with this name, or undefined. */
export function findPreset(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name);
}
