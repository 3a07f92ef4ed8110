import { Kernel } from '../../src/kernel/kernel.ts';
import { randomStream } from '../../src/kernel/random.ts';
import { KIND, Trace } from '../../src/trace/trace.ts';
import type { Case } from './measure.ts';
import { loadSimJs } from './simjs.ts';

const { Entity, Facility, Sim } = await loadSimJs();

const CUSTOMERS = 400_000;
/** Places for those who wait: at 90 % load never nearly as many. */
const PLACES = 4096;
const LOAD = 0.9;

/** The same gaps and services for everybody, in whole microseconds: mean 1,000 µs of service at 90 % load. */
const luck = randomStream(1, 'bench/mm1');
const gapsUs = Array.from({ length: CUSTOMERS }, () => Math.round((luck.exponential() * 1000) / LOAD));
const servicesUs = Array.from({ length: CUSTOMERS }, () => Math.round(luck.exponential() * 1000));

let checked = -1;
/** All must agree on what they computed, or the comparison is void. */
function check(waitedUs: number): void {
  if (checked < 0) checked = waitedUs;
  if (Math.abs(waitedUs - checked) > 1e-6 * checked)
    throw new Error(`M/M/1: ${waitedUs} µs waited, others ${checked}`);
}

/** M/M/1 on our kernel. @param trace records every event, if there is one */
function ours(trace: Trace | null): number {
  const kernel = new Kernel();
  const queue = new Float64Array(PLACES);
  let head = 0;
  let next = 0;
  let busy = false;
  let waitedUs = 0;
  const serve = (atUs: number) => {
    busy = true;
    waitedUs += kernel.nowUs - atUs;
    kernel.after(servicesUs[head++] as number, departure);
  };
  const arrival = kernel.handler(() => {
    trace?.add(KIND['unit.received'], kernel.nowUs, next);
    queue[next % PLACES] = kernel.nowUs;
    if (!busy) serve(kernel.nowUs);
    if (++next < CUSTOMERS) kernel.after(gapsUs[next] as number, arrival);
  });
  const departure: number = kernel.handler(() => {
    trace?.add(KIND['unit.received'], kernel.nowUs, head);
    if (head < next) serve(queue[head % PLACES] as number);
    else busy = false;
  });
  kernel.after(gapsUs[0] as number, arrival);
  kernel.run();
  check(waitedUs);
  return kernel.executed;
}

/** The same on simjs, the best-known discrete-event package on npm, with its timers and callbacks. */
function simjs(): number {
  const sim = new Sim();
  let events = 0;
  let waitedUs = 0;
  class Station extends Entity {
    queue = new Float64Array(PLACES);
    head = 0;
    next = 0;
    busy = false;
    start() {
      this.setTimer(gapsUs[0] as number).done(this.arrive, this);
    }
    arrive() {
      events++;
      this.queue[this.next % PLACES] = this.time();
      if (!this.busy) this.serve(this.time());
      if (++this.next < CUSTOMERS) this.setTimer(gapsUs[this.next] as number).done(this.arrive, this);
    }
    serve(atUs: number) {
      this.busy = true;
      waitedUs += this.time() - atUs;
      this.setTimer(servicesUs[this.head++] as number).done(this.depart, this);
    }
    depart() {
      events++;
      if (this.head < this.next) this.serve(this.queue[this.head % PLACES] as number);
      else this.busy = false;
    }
  }
  sim.addEntity(Station);
  sim.simulate(1e15);
  check(waitedUs);
  return events;
}

/** The same in the package's own words: a facility with one server, first come first served. */
function simjsFacility(): number {
  const sim = new Sim();
  const server = new Facility('server');
  let events = 0;
  let waitedUs = 0;
  class Source extends Entity {
    next = 0;
    start() {
      this.setTimer(gapsUs[0] as number).done(this.arrive, this);
    }
    arrive() {
      events++;
      const customer = this.next++;
      const arrivedUs = this.time();
      const serviceUs = servicesUs[customer] as number;
      // By another name, because linters take `use…` for a React hook.
      const { useFacility: seize } = this;
      seize.call(this, server, serviceUs).done(() => {
        events++;
        waitedUs += this.time() - arrivedUs - serviceUs;
      }, this);
      if (this.next < CUSTOMERS) this.setTimer(gapsUs[this.next] as number).done(this.arrive, this);
    }
  }
  sim.addEntity(Source);
  sim.simulate(1e15);
  check(waitedUs);
  return events;
}

export const MM1: Case[] = [
  { name: 'simjs, its facility', run: simjsFacility },
  { name: 'simjs, bare timers', run: simjs },
  { name: 'kernel, nothing traced', run: () => ours(null) },
  { name: 'kernel, every event traced', run: () => ours(new Trace('all')) },
];
