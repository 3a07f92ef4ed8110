import Redis from 'ioredis';
import { AckPolicy, connect, consumerOpts, DeliverPolicy, RetentionPolicy, StorageType } from 'nats';
import pg from 'pg';

/**
 * Ways from a publisher beside the broker to a subscriber across the link. `publisher()` makes ready, and gives what
 * publishes a text; `subscriber(host, note)` makes ready, and calls `note` with each text that comes.
 */
const redisAt = async (host) => {
  const redis = new Redis(6379, host);
  await redis.ping();
  return redis;
};
const natsAt = (host) => connect({ servers: `${host}:4222`, maxReconnectAttempts: -1 });
const postgresAt = async (host) => {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
};

const POLL_MS = 100;

export const METHODS = {
  redis_pubsub: {
    async publisher() {
      const redis = await redisAt('127.0.0.1');
      return (text) => redis.publish('ch', text);
    },
    async subscriber(host, note) {
      const redis = await redisAt(host);
      await redis.subscribe('ch');
      redis.on('message', (_, text) => note(text));
    },
  },
  redis_xread_block: {
    async publisher() {
      const redis = await redisAt('127.0.0.1');
      return (text) => redis.xadd('s', 'MAXLEN', '~', '10000', '*', 'm', text);
    },
    async subscriber(host, note) {
      const redis = await redisAt(host);
      const read = async (last) => {
        const reply = await redis.xread('BLOCK', 0, 'STREAMS', 's', last);
        const entries = reply?.[0]?.[1] ?? [];
        for (const [, fields] of entries) note(fields[1]);
        void read(entries.at(-1)?.[0] ?? last);
      };
      void read('$');
    },
  },
  nats_core: {
    async publisher() {
      const nats = await natsAt('127.0.0.1');
      return (text) => nats.publish('ch', text);
    },
    async subscriber(host, note) {
      const nats = await natsAt(host);
      nats.subscribe('ch', { callback: (_, message) => note(message.string()) });
      await nats.flush();
    },
  },
  jetstream_ordered: {
    async publisher() {
      const nats = await natsAt('127.0.0.1');
      const manager = await nats.jetstreamManager();
      const stream = { name: 'J', subjects: ['j'], storage: StorageType.Memory };
      await manager.streams.add({ ...stream, retention: RetentionPolicy.Limits, max_msgs: 10_000 });
      const jetstream = nats.jetstream();
      return (text) => void jetstream.publish('j', new TextEncoder().encode(text)).catch(console.error);
    },
    async subscriber(host, note) {
      const nats = await natsAt(host);
      const options = consumerOpts();
      options.orderedConsumer();
      options.deliverNew();
      options.callback((error, message) => {
        if (error === null && message !== null) note(message.string());
      });
      await nats.jetstream().subscribe('j', options);
    },
  },
  jetstream_durable: {
    async publisher() {
      // Reads what `jetstream_ordered` publishes, which has to be named before it.
      return () => {};
    },
    async subscriber(host, note) {
      const nats = await natsAt(host);
      const name = `d${process.pid}`;
      const manager = await nats.jetstreamManager();
      await manager.consumers.add('J', {
        durable_name: name,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.New,
      });
      const consumer = await nats.jetstream().consumers.get('J', name);
      const messages = await consumer.consume();
      void (async () => {
        for await (const message of messages) {
          note(message.string());
          message.ack();
        }
      })();
    },
  },
  postgres_poll: {
    async publisher() {
      const postgres = await postgresAt('127.0.0.1');
      return (text) => void postgres.query('INSERT INTO messages (body) VALUES ($1)', [text]);
    },
    async subscriber(host, note) {
      const postgres = await postgresAt(host);
      const { rows } = await postgres.query('SELECT coalesce(max(id), 0) AS last FROM messages');
      const ask = async (last) => {
        const found = await postgres.query(
          'SELECT id, body FROM messages WHERE id > $1 ORDER BY id LIMIT 1000',
          [last],
        );
        for (const { body } of found.rows) note(body);
        setTimeout(ask, POLL_MS, found.rows.at(-1)?.id ?? last);
      };
      void ask(rows[0].last);
    },
  },
};
