import Redis from 'ioredis';
import { connect } from 'nats';
import { nowUs, PHASES, REST_MS } from './plan.mjs';

/** Publishes each message in all three ways at once, beside the brokers. Argument: rounds. */
const rounds = Number(process.argv[2]);
const redis = new Redis(6379, '127.0.0.1');
const nats = await connect({ servers: '127.0.0.1:4222' });
await redis.ping();
await nats.flush();

const PADDING = 'x'.repeat(50);
const until = (us) => new Promise((resolve) => setTimeout(resolve, Math.max(0, (us - nowUs()) / 1000)));

let number = 0;
for (let round = 0; round < rounds; round++) {
  for (const { perSecond, published } of PHASES) {
    let atUs = nowUs();
    for (let i = 0; i < published; i++) {
      atUs += (-Math.log(1 - Math.random()) / perSecond) * 1e6;
      if (atUs > nowUs()) await until(atUs);
      const message = () => `${number} ${nowUs()} ${PADDING}`;
      redis.publish('ch', message());
      redis.xadd('s', 'MAXLEN', '~', '10000', '*', 'm', message());
      nats.publish('ch', message());
      number++;
    }
    await until(nowUs() + REST_MS * 1000);
  }
}
process.exit(0);
