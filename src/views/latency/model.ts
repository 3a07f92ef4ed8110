import { type Follower, follow } from '../../trace/ahead.ts';
import { firstFrom } from '../../trace/search.ts';
import { COLUMN, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { groupsOf, Samples, samplesOf } from '../reading/samples.ts';
import { groupName } from '../reading/words.ts';
import type { LatencyAxis } from './axis.ts';
import { Slowest } from './slowest.ts';

const DELIVERED = COLUMN['message.delivered'];

/** From this many on a strip is drawn as a density, with the newest as dots on it. */
export const DENSE_FROM = 30;
/** Dots on a density: the newest, and the slowest, which are what people want to know about. */
const NEWEST = 12;
const SLOWEST = 3;

export interface Dot {
  message: number;
  client: number;
  us: number;
  /** Place across the strip, -1 to 1. */
  across: number;
}

/** One group's deliveries up to a time. */
export interface Strip {
  group: string;
  title: string;
  transport: string;
  count: number;
  p50Us: number | null;
  p90Us: number | null;
  p99Us: number | null;
  minUs: number;
  maxUs: number;
  dots: Dot[];
  /** The delivery that took longest; null: there is none. */
  slowest: Dot | null;
}

/** A strip, and the run that it is of. */
interface StripOf {
  trace: Trace | null;
  strip: Strip;
}

/** Whether two strips say the same: so many of a run's deliveries to a group are always the same ones. */
export const sameStrip = (a: StripOf, b: StripOf): boolean =>
  a.trace === b.trace && a.strip.group === b.strip.group && a.strip.count === b.strip.count;

export interface StripGroup {
  name: string;
  title: string;
  transport: string;
}

/** Reads the strips of a trace, as of any time. */
export class StripsModel implements Follower {
  readonly #trace: Trace;
  readonly #samples: Samples;
  readonly #groups: readonly StripGroup[];
  readonly #slowest = new Map<number, Slowest>();

  /** @param samples by the place of each group in `groups` */
  constructor(trace: Trace, groups: readonly StripGroup[], samples: Samples) {
    this.#trace = trace;
    this.#groups = groups;
    this.#samples = samples;
    follow(trace.table('message.delivered'), this);
  }

  readOn(): boolean {
    for (const [group, slowest] of this.#slowest) if (slowest.readOn(this.#samples.rows(group))) return true;
    return false;
  }

  /** How many groups there are. */
  get length(): number {
    return this.#groups.length;
  }

  /** Where a group stands among all of them, or -1. */
  placeOf(name: string | undefined): number {
    return this.#groups.findIndex((group) => group.name === name);
  }

  /** Strips up to a time. @param groups those that are wanted, by their places; all of them if not given */
  at(nowUs: number, groups: Iterable<number> = this.#groups.keys()): Strip[] {
    return Array.from(groups, (group) => {
      const { name, title, transport } = this.#groups[group] as StripGroup;
      const count = this.#samples.countAt(group, nowUs);
      const values = this.#samples.sortedAt(group, nowUs);
      const rows = this.#samples.rowsAt(group, nowUs, count < DENSE_FROM ? DENSE_FROM : NEWEST);
      const slowest = this.#slowestAt(group, count);
      const dots = new Set(count < DENSE_FROM ? rows : [...slowest, ...rows]);
      return {
        group: name,
        title,
        transport,
        count,
        p50Us: this.#samples.quantileAt(group, nowUs, 0.5),
        p90Us: this.#samples.quantileAt(group, nowUs, 0.9),
        p99Us: this.#samples.quantileAt(group, nowUs, 0.99),
        minUs: values[0] ?? Number.POSITIVE_INFINITY,
        maxUs: Math.max(values.at(-1) ?? 0, ...slowest.map((row) => this.#dot(row).us)),
        dots: [...dots].map((row) => this.#dot(row)),
        slowest: slowest[0] === undefined ? null : this.#dot(slowest[0]),
      };
    });
  }

  /** A delivery as a dot of its strip; null: not of this group, or not there yet. */
  dotOf(group: number, message: number, client: number, nowUs: number): Dot | null {
    const row = this.#samples.rowOf(group, nowUs, message, client);
    return row < 0 ? null : this.#dot(row);
  }

  /** Latencies of a group up to a time, µs, ascending. Valid until the next question about this group. */
  sortedAt(group: number, nowUs: number): Float64Array {
    return this.#samples.sortedAt(group, nowUs);
  }

  #dot(row: number): Dot {
    const table = this.#trace.table('message.delivered');
    const message = table.get(row, DELIVERED.message);
    const client = table.get(row, DELIVERED.client);
    return { message, client, us: table.get(row, DELIVERED.latencyUs), across: jitter(message, client) };
  }

  /** Rows of the slowest of the first `count` deliveries, the slowest first. */
  #slowestAt(group: number, count: number): readonly number[] {
    const table = this.#trace.table('message.delivered');
    let slowest = this.#slowest.get(group);
    if (slowest === undefined) {
      slowest = new Slowest(SLOWEST, (row) => table.get(row, DELIVERED.latencyUs));
      this.#slowest.set(group, slowest);
    }
    return slowest.of(this.#samples.rows(group), count);
  }
}

/** A place across the strip that looks random, and is always the same for a delivery. */
export function jitter(message: number, client: number): number {
  let x = Math.imul(message + 1, 0x9e3779b1) ^ Math.imul(client + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return (((x ^ (x >>> 12)) >>> 0) / 0xffffffff) * 2 - 1;
}

/**
 * Outline of a density along the axis: how much of the samples lies near each of `bins` + 1 positions, the highest
 * being 1. A Gaussian of two bins' width smooths it, so that single samples remain visible as bumps.
 * @param values ascending
 */
export function densityOf(values: Float64Array, axis: LatencyAxis, bins: number): number[] {
  const raw = new Float64Array(bins + 1);
  // The values of a bin lie side by side: where each bin ends is looked for, which asks for few logarithms.
  for (let from = 0; from < values.length; ) {
    const bin = binOf(values[from] as number, axis, bins);
    const next = endOfBin(values, from, bin, axis, bins);
    raw[bin] = next - from;
    from = next;
  }
  const kernel = [0.06, 0.24, 0.4, 0.24, 0.06];
  const smooth = Array.from(raw, (_, i) =>
    kernel.reduce((sum, weight, k) => sum + weight * (raw[i + k - 2] ?? 0), 0),
  );
  const most = Math.max(...smooth);
  return most === 0 ? smooth : smooth.map((value) => value / most);
}

const binOf = (us: number, axis: LatencyAxis, bins: number): number => Math.round(axis.at(us) * bins);

/** The first of the ascending values after `from` that lies in a later bin. */
function endOfBin(values: Float64Array, from: number, bin: number, axis: LatencyAxis, bins: number): number {
  return firstFrom(from + 1, values.length, (at) => binOf(values[at] as number, axis, bins) > bin);
}

const models = new WeakMap<Trace, { header: TraceHeader; model: StripsModel }>();

/** The model of a trace: a strip for each client group. */
export function stripsOf(trace: Trace, header: TraceHeader): StripsModel {
  let known = models.get(trace);
  if (known?.header !== header) models.set(trace, (known = { header, model: byGroup(trace, header) }));
  return known.model;
}

function byGroup(trace: Trace, header: TraceHeader): StripsModel {
  const { names, ofClient } = groupsOf(header);
  const groups = names.map((name, index) => {
    const client = header.clients[ofClient.indexOf(index)];
    return { name, title: client ? groupName(client) : name, transport: client?.transport ?? '' };
  });
  return new StripsModel(trace, groups, samplesOf(trace, header));
}

const pooled = new WeakMap<Trace, { header: TraceHeader; group: string | null; model: StripsModel }>();

/** The model of a trace with one strip: for one group or, with null, for everybody. */
export function pooledStripOf(trace: Trace, header: TraceHeader, group: string | null): StripsModel {
  let known = pooled.get(trace);
  if (known?.header !== header || known.group !== group) {
    const mine = header.clients.map((client) => group === null || client.group === group);
    const kinds = new Set(header.clients.filter((_, index) => mine[index]).map(({ transport }) => transport));
    const transport = kinds.size === 1 ? ([...kinds][0] ?? '') : '';
    const one = { name: group ?? '', title: '', transport };
    const samples = new Samples(trace, (client) => (mine[client] ? 0 : -1));
    const model = new StripsModel(trace, [one], samples);
    pooled.set(trace, (known = { header, group, model }));
  }
  return known.model;
}
