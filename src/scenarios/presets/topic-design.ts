import type { Preset } from './preset.ts';

const about =
  'Twenty people watch one score board at four servers; ten updates a second. With a topic for the room each update is published once, and each server gets it once. With a topic for each user it is published twenty times. With a cached entry the source publishes a signal, and each server that is told reads the entry once for all its people, at most every 300 ms: three updates to a read, and so much later. Compare has all three under this load: look at topics, subscriptions, publishes and reads, and at the bytes of hop 2.';

/** One load, to be laid out on topics in three ways. */
function topicDesign(
  name: string,
  title: string,
  topics: NonNullable<Preset['scenario']['topics']>,
  expect: object[],
): Preset {
  return {
    name,
    group: 'servers',
    scenario: {
      version: 1,
      name: title,
      about,
      seed: 1,
      durationMs: 10_000,
      settleMs: 5_000,
      network: { access: { rttMs: 60 } },
      servers: { count: 4 },
      backplane: { kind: 'redis-pubsub' },
      topics,
      publishers: [
        { name: 'referee', room: 'board-1', startMs: 2_000, arrivals: { kind: 'periodic', everyMs: 100 } },
      ],
      clients: [{ name: 'fan', count: 20, transport: { kind: 'websocket' } }],
      expect: [{ metric: 'totals.deliveries.lost', max: 0 }, ...expect] as NonNullable<
        Preset['scenario']['expect']
      >,
    },
  };
}

export const TOPICS_ROOM = topicDesign(
  'topics-room',
  'Topic design: a topic for each room',
  { kind: 'room' },
  [
    { metric: 'topics.publishes', min: 80, max: 80 },
    { metric: 'topics.subscriptions', min: 4, max: 4 },
  ],
);

export const TOPICS_USER = topicDesign(
  'topics-user',
  'Topic design: a topic for each user',
  { kind: 'user' },
  [
    { metric: 'topics.publishes', min: 1_600, max: 1_600 },
    { metric: 'topics.subscriptions', min: 20, max: 20 },
  ],
);

export const TOPICS_CACHE = topicDesign(
  'topics-cache',
  'Topic design: a cached entry that servers read',
  { kind: 'cache', readEveryMs: 300 },
  [
    { metric: 'topics.publishes', min: 80, max: 80 },
    { metric: 'topics.reads', min: 80, max: 160 },
  ],
);
