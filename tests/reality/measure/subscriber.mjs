import { METHODS } from './methods.mjs';
import { nowUs, PHASES } from './plan.mjs';

/**
 * Receives in each way over a connection of its own. Says `ready`; when its standard input ends it prints what came, by
 * method, round and rate. Arguments: the brokers' address, methods.
 */
const [host, ...methods] = process.argv.slice(2);
const received = Object.fromEntries(methods.map((method) => [method, []]));
for (const method of methods) {
  await METHODS[method].subscriber(host, (text) => {
    const atUs = nowUs();
    const [number, sentUs] = text.split(' ', 2).map(Number);
    received[method].push({ number, ms: (atUs - sentUs) / 1000 });
  });
}

const perRound = PHASES.reduce((sum, { published }) => sum + published, 0);
/** Which round and rate a message belongs to, by its number. */
function placeOf(number) {
  let rest = number % perRound;
  for (const { perSecond, published } of PHASES) {
    if (rest < published) return { round: Math.floor(number / perRound), perSecond, published };
    rest -= published;
  }
  throw new Error(`no place for message ${number}`);
}

process.stdin.resume();
process.stdin.on('end', () => {
  const runs = new Map();
  for (const [method, messages] of Object.entries(received)) {
    for (const { number, ms } of messages) {
      const { round, perSecond, published } = placeOf(number);
      const key = `${method} ${round} ${perSecond}`;
      const run = runs.get(key) ?? { method, round, perSecond, published, latenciesMs: [] };
      run.latenciesMs.push(ms);
      runs.set(key, run);
    }
  }
  process.stdout.write(JSON.stringify([...runs.values()]), () => process.exit(0));
});
console.log('ready');
