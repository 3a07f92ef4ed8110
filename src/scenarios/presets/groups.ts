/**
 * What presets are about, by heading, in an order in which they can be learned: each presupposes what stands above it. A
 * menu shows them in this order.
 */
export const PRESET_GROUPS = {
  start: 'Start here',
  network: 'The network',
  transports: 'Transports',
  outages: 'Outages and reconnecting',
  server: 'The server',
  'load-balancer': 'Load balancer and proxy',
  servers: 'Hop 2: several servers, and topics',
  database: 'Hop 2: database',
  ring: 'Hop 2: modulo and hash ring',
  redis: 'Hop 2: Redis',
  kafka: 'Hop 2: Kafka',
  nats: 'Hop 2: NATS and JetStream',
  'google-pubsub': 'Hop 2: Google Pub/Sub',
  pulsar: 'Hop 2: Pulsar',
} as const;

export type PresetGroup = keyof typeof PRESET_GROUPS;
