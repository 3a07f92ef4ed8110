import { METHODS } from './methods.mjs';
import { nowUs, PHASES, REST_MS } from './plan.mjs';

/**
 * Publishes each message in all ways at once, beside the brokers.
 * Says `ready` and begins when told to. Arguments: rounds, methods.
 */
const [rounds, ...methods] = process.argv.slice(2);
const publish = [];
for (const method of methods) publish.push(await METHODS[method].publisher());

const PADDING = 'x'.repeat(50);
const until = (us) => new Promise((resolve) => setTimeout(resolve, Math.max(0, (us - nowUs()) / 1000)));

console.log('ready');
await new Promise((resolve) => process.stdin.once('data', resolve));
let number = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (const { perSecond, published } of PHASES) {
    let atUs = nowUs();
    for (let i = 0; i < published; i++) {
      atUs += (-Math.log(1 - Math.random()) / perSecond) * 1e6;
      if (atUs > nowUs()) await until(atUs);
      for (const each of publish) each(`${number} ${nowUs()} ${PADDING}`);
      number++;
    }
    await until(nowUs() + REST_MS * 1000);
  }
}
process.exit(0);
