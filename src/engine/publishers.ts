import type { PublisherPlan } from './contract/plan.ts';
import type { Sim } from './contract/sim.ts';

/** Takes an update from its source: which publisher, and its text (empty: none). */
export type Publish = (publisher: number, text: string, bytes: number) => void;

/**
 * Schedules a publisher's arrivals from `startMs` up to, and not at, `endUs`. `periodic` and `burst` fire first at `startMs`; the first
 * gap of `poisson` begins there; `at` counts from there. Message k carries the k-th character of `text`, round and round.
 */
export function schedulePublisher(
  sim: Sim,
  publisher: number,
  plan: PublisherPlan,
  endUs: number,
  publish: Publish,
): void {
  const { kernel } = sim;
  const { arrivals } = plan;
  const startUs = Math.round(plan.startMs * 1000);
  const characters = [...(plan.text ?? '')];
  let sent = 0;
  const fire = () => {
    const text = characters.length > 0 ? (characters[sent % characters.length] as string) : '';
    sent++;
    publish(publisher, text, plan.bytes);
  };

  if (arrivals.kind === 'at') {
    const timesUs = arrivals.timesMs.map((ms) => startUs + Math.round(ms * 1000)).sort((a, b) => a - b);
    for (const atUs of timesUs) if (atUs < endUs) sim.later(atUs - kernel.nowUs, fire);
    return;
  }
  if (arrivals.kind === 'poisson') {
    const luck = sim.random(`publisher/${plan.name}/arrivals`);
    const meanUs = 1_000_000 / arrivals.perSecond;
    // The exact time is carried along, so that rounding to microseconds does not add up.
    let exactUs = startUs;
    const handler = kernel.handler(() => {
      sim.trace.cause = -1;
      fire();
      next();
    });
    const next = () => {
      exactUs += luck.exponential() * meanUs;
      const atUs = Math.round(exactUs);
      if (atUs < endUs) kernel.at(atUs, handler);
    };
    next();
    return;
  }
  const everyUs = arrivals.everyMs * 1000;
  const size = arrivals.kind === 'burst' ? arrivals.size : 1;
  let round = 0;
  const handler = kernel.handler(() => {
    sim.trace.cause = -1;
    for (let i = 0; i < size; i++) fire();
    round++;
    const atUs = Math.round(startUs + round * everyUs);
    if (atUs < endUs) kernel.at(atUs, handler);
  });
  if (startUs < endUs) kernel.at(startUs, handler);
}
