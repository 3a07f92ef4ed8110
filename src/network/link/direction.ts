import {
  type LinkOptions,
  PACKET,
  type Packet,
  type PacketFault,
  type RandomStream,
  type Sim,
} from './contract.ts';

/** Why a packet did not arrive. */
export type DropReason =
  | 'loss'
  | 'queue full'
  | 'link down'
  | 'dropped by hand'
  | 'no route'
  | 'load balancer down';

/** What the access link counts, for the report: everything that was sent, lost packets included. */
export interface Counters {
  packets: number;
  bytes: number;
  lostPackets: number;
  /** Packets that say of themselves that they were sent again. */
  retransmissions: number;
}

/** What somebody did to a packet that arrives all the same. */
export type Touch = '' | 'delayed by hand' | 'duplicated by hand';

interface PendingFault {
  fault: PacketFault;
  left: number;
}

/** Mean and standard deviation of a Pareto variable of shape 3 and minimum 1: 3/2 and √3/2. */
const PARETO_SHAPE = 3;
const PARETO_MEAN = 1.5;
const PARETO_SD = Math.sqrt(3) / 2;

/** How long before its turn a packet with `reorderPct` may come: netem sends such a packet without the delay. */
const REORDERED_DELAY_US = 0;

/**
 * One direction of a link. In this order, as tc-netem and the emulator behind the reality records have it:
 * loss → drop-tail queue, served at the rate → delay and jitter.
 *
 * A packet's fate is decided when it enters: {@link enter} returns its arrival and leaves the reason of a drop in
 * {@link dropReason}. Each kind of luck has a stream of its own, and every packet takes exactly one number from the
 * loss stream whatever the loss is, so a packet that is lost at 1 % is lost at 2 % as well.
 */
export class Direction {
  /** As the trace names it: twice the link's number, plus 1 downward. */
  readonly traceLink: number;
  readonly counters: Counters = { packets: 0, bytes: 0, lostPackets: 0, retransmissions: 0 };
  down = false;
  dropReason: DropReason = 'loss';
  /** When the packet that entered last would have been dropped: at the end of the wire, or where it stood. */
  dropsAtUs = 0;
  /** Whether the network made a second copy of the packet that entered last. */
  duplicated = false;
  /** When all that has entered so far and is not dropped has arrived at its other end. */
  landsUs = 0;
  /** What a fault did to the packet that entered last, besides dropping it. */
  touch: Touch = '';

  #delayUs = 0;
  #jitterUs = 0;
  #distribution: LinkOptions['jitterDistribution'] = 'uniform';
  #loss = 0;
  #gilbert: LinkOptions['lossModel'] = null;
  #bad = false;
  /** µs for a byte; 0: no limit. */
  #usPerByte = 0;
  #queueBytes = 0;
  #duplicate = 0;
  #reorder = 0;

  /** When the wire is free again, with fractions of a µs. */
  #freeAtUs = 0;
  #lastLeavesUs = 0;
  #lastArrivalUs = 0;
  #faults: PendingFault[] = [];

  readonly #lossLuck: RandomStream;
  readonly #burstLuck: RandomStream;
  readonly #jitterLuck: RandomStream;
  readonly #duplicateLuck: RandomStream;
  readonly #reorderLuck: RandomStream;

  constructor(sim: Sim, name: string, number: number, downward: 0 | 1) {
    this.traceLink = number * 2 + downward;
    const stream = (purpose: string) => sim.random(`link/${name}/${downward ? 'down' : 'up'}/${purpose}`);
    this.#lossLuck = stream('loss');
    this.#burstLuck = stream('burst');
    this.#jitterLuck = stream('jitter');
    this.#duplicateLuck = stream('duplicate');
    this.#reorderLuck = stream('reorder');
  }

  /** Takes new options from now on; packets that have entered keep the fate they were given. */
  set(options: LinkOptions, nowUs: number): void {
    const oneWayMs = (this.traceLink & 1 ? options.downMs : options.upMs) ?? options.rttMs / 2;
    this.#delayUs = Math.round(oneWayMs * 1000);
    this.#jitterUs = options.jitterMs * 1000;
    this.#distribution = options.jitterDistribution;
    this.#loss = options.lossPct / 100;
    if (options.lossModel === null) this.#bad = false;
    this.#gilbert = options.lossModel;
    const usPerByte = options.rateKbps === null ? 0 : 8000 / options.rateKbps;
    const backlogBytes = this.#backlogBytes(nowUs);
    this.#usPerByte = usPerByte;
    this.#freeAtUs = nowUs + backlogBytes * usPerByte;
    this.#queueBytes = options.queueBytes;
    this.#duplicate = options.duplicatePct / 100;
    this.#reorder = options.reorderPct / 100;
  }

  /** Arms a fault on the nth packet that matches, counted from now. */
  addFault(fault: PacketFault): void {
    this.#faults.push({ fault, left: fault.nth });
  }

  /** Whether packets may have to wait for those that entered before them, so that the order of entering matters. */
  get ordered(): boolean {
    return this.#usPerByte > 0 || (this.#jitterUs > 0 && this.#reorder === 0);
  }

  /**
   * Sends a packet in.
   * @param atUs when it enters, not before now
   * @returns its arrival in integer µs, or -1 when it is dropped ({@link dropReason}, {@link dropsAtUs})
   */
  enter(packet: Packet, atUs: number): number {
    this.duplicated = this.#duplicate > 0 && this.#duplicateLuck.uniform() < this.#duplicate;
    const unlucky = this.#unlucky();
    const fault = this.#faults.length > 0 ? this.#faultFor(packet) : null;
    this.counters.packets++;
    this.counters.bytes += packet.bytes;
    if (packet.why !== 0) this.counters.retransmissions++;
    if (fault?.kind === 'duplicate') this.duplicated = true;
    this.touch =
      fault?.kind === 'delay' ? 'delayed by hand' : fault?.kind === 'duplicate' ? 'duplicated by hand' : '';

    if (this.down) return this.#drop('link down', atUs + this.#delayUs);
    if (fault?.kind === 'drop') return this.#drop('dropped by hand', atUs + this.#delayUs);
    if (unlucky) return this.#drop('loss', atUs + this.#delayUs);
    let leavesUs = atUs;
    if (this.#usPerByte > 0) {
      if (this.#backlogBytes(atUs) + packet.bytes > this.#queueBytes) return this.#drop('queue full', atUs);
      // The fraction of a µs stays in the sum, so that a thousand packets take exactly a thousand times as long.
      this.#freeAtUs = Math.max(this.#freeAtUs, atUs) + packet.bytes * this.#usPerByte;
      leavesUs = Math.ceil(this.#freeAtUs);
    }
    const arrivesUs = leavesUs + this.#delay(leavesUs) + (fault?.kind === 'delay' ? fault.byUs : 0);
    if (arrivesUs > this.landsUs) this.landsUs = arrivesUs;
    return arrivesUs;
  }

  /** The second copy of the packet that entered last: right behind it, with a delay of its own, never copied again. */
  enterCopy(packet: Packet, atUs: number): number {
    const chance = this.#duplicate;
    this.#duplicate = 0;
    const arrivesUs = this.enter(packet, atUs);
    this.#duplicate = chance;
    this.duplicated = false;
    return arrivesUs;
  }

  #drop(reason: DropReason, atUs: number): number {
    this.counters.lostPackets++;
    this.dropReason = reason;
    this.dropsAtUs = atUs;
    return -1;
  }

  /** Bytes that have entered and not yet left for the wire, the part of the packet being sent included. */
  #backlogBytes(atUs: number): number {
    return this.#usPerByte > 0 && this.#freeAtUs > atUs ? (this.#freeAtUs - atUs) / this.#usPerByte : 0;
  }

  #unlucky(): boolean {
    const luck = this.#lossLuck.uniform();
    const model = this.#gilbert;
    if (model === null) return luck < this.#loss;
    // Gilbert–Elliott as in tc-netem's `gemodel`: first the state moves, then the state's own chance decides.
    const turn = this.#burstLuck.uniform();
    if (this.#bad ? turn < model.r : turn < model.p) this.#bad = !this.#bad;
    return luck < (this.#bad ? model.badLossPct : model.goodLossPct) / 100;
  }

  /** The delay of a packet that leaves for the wire at `leavesUs`: order is kept unless reordering is on. */
  #delay(leavesUs: number): number {
    let delayUs = this.#delayUs;
    if (this.#jitterUs > 0) delayUs = Math.max(0, Math.round(delayUs + this.#jitterUs * this.#offset()));
    if (this.#reorder > 0) {
      return this.#reorderLuck.uniform() < this.#reorder ? REORDERED_DELAY_US : delayUs;
    }
    // On a shared link, where fates are decided ahead of time, a packet may come up for decision after one that leaves
    // later; it is not behind that one.
    if (leavesUs < this.#lastLeavesUs) return delayUs;
    this.#lastLeavesUs = leavesUs;
    if (leavesUs + delayUs < this.#lastArrivalUs) return this.#lastArrivalUs - leavesUs;
    this.#lastArrivalUs = leavesUs + delayUs;
    return delayUs;
  }

  /** Uniform in ±1; or mean 0 and standard deviation 1, as the tables of tc-netem. */
  #offset(): number {
    if (this.#distribution === 'uniform') return this.#jitterLuck.uniform() * 2 - 1;
    if (this.#distribution === 'normal') return this.#jitterLuck.normal();
    return (this.#jitterLuck.pareto(PARETO_SHAPE) - PARETO_MEAN) / PARETO_SD;
  }

  #faultFor(packet: Packet): PacketFault | null {
    let hit: PacketFault | null = null;
    for (const pending of this.#faults) {
      if (matches(pending.fault.packet, packet) && --pending.left === 0) hit ??= pending.fault;
    }
    if (hit !== null) this.#faults = this.#faults.filter((pending) => pending.left > 0);
    return hit;
  }
}

function matches(wanted: PacketFault['packet'], packet: Packet): boolean {
  const what = packet.what;
  if (wanted === 'any') return true;
  if (wanted === 'data') return (what & PACKET.DATA) !== 0;
  if ((what & PACKET.SYN) === 0) return false;
  return (wanted === 'synack') === ((what & PACKET.ACK) !== 0);
}
