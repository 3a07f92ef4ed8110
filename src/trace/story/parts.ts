import { COLUMN } from '../trace.ts';
import { collectorOf, innerCarriers, wayToBalancer } from './balancer-leg.ts';
import { blockerWords } from './blocker.ts';
import { type Passage, passageOf } from './copies.ts';
import { type Spell, spellsFor } from './faults.ts';
import { habitOf } from './habits.ts';
import { hopLegs } from './hop-legs.ts';
import { type Lookup, way } from './lookup.ts';
import type { Part, PartKind } from './story.ts';
import { isRefusal, refuserOf } from './streams.ts';
import { threadAtUs } from './threads.ts';
import { type Dial, dialOf, dialsOf, requestOf } from './ways.ts';
import { textAt, theClient } from './words.ts';

const UNIT = COLUMN['unit.sent'];
const DELIVERED = COLUMN['message.delivered'];

/** Cuts a stretch of time into consecutive parts: whatever is asked of it, they are whole and add up. */
export class Cutter {
  readonly parts: Part[] = [];
  #atUs: number;
  readonly #endUs: number;

  constructor(fromUs: number, endUs: number) {
    this.#atUs = fromUs;
    this.#endUs = endUs;
  }

  get atUs(): number {
    return this.#atUs;
  }

  /** What lies between here and `untilUs` was spent on this. */
  to(untilUs: number, kind: PartKind, label: string): void {
    const until = Math.min(untilUs, this.#endUs);
    if (!(until > this.#atUs)) return;
    const last = this.parts.at(-1);
    if (last?.kind === kind && last.label === label) last.us += until - this.#atUs;
    else this.parts.push({ kind, label, fromUs: this.#atUs, us: until - this.#atUs });
    this.#atUs = until;
  }

  /** The same, with what a fault stopped in between set apart. */
  around(untilUs: number, kind: PartKind, label: string, spells: readonly Spell[], stopped: string): void {
    for (const { fromUs, toUs } of spells) {
      if (toUs <= this.#atUs || fromUs >= untilUs) continue;
      this.to(fromUs, kind, label);
      this.to(Math.min(toUs, untilUs), 'stopped', stopped);
    }
    this.to(untilUs, kind, label);
  }
}

/** The delivery that parts are asked for, with the unit that brought it. */
export interface Arrival {
  message: number;
  client: number;
  publishedUs: number;
  deliveredUs: number;
  deliveredRow: number;
  /** Row of `unit.sent`, -1: the trace does not have it. */
  unitRow: number;
  /** Row of `unit.received`. */
  receivedRow: number;
  passage: Passage;
}

/** What a delivery was, or null if there was none. */
export function arrivalOf(lookup: Lookup, message: number, client: number): Arrival | null {
  const { trace } = lookup;
  const deliveredRow = lookup.deliveredRow(message, client);
  if (deliveredRow < 0) return null;
  const delivered = trace.table('message.delivered');
  const received = trace.table('unit.received');
  const units = trace.table('unit.sent');
  const deliveredUs = delivered.atUs(deliveredRow);
  const publishedUs = deliveredUs - delivered.get(deliveredRow, DELIVERED.latencyUs);
  const seq = delivered.get(deliveredRow, 0);
  let unitRow = -1;
  let receivedRow = -1;
  for (const row of lookup.carriers(message, client)) {
    const at = lookup.receivedRow(units.get(row, UNIT.unit));
    if (at >= 0 && received.get(at, 0) < seq) [unitRow, receivedRow] = [row, at];
  }
  const passage =
    unitRow < 0
      ? { sendings: [], last: null, by: null, copies: [] }
      : passageOf(lookup, unitRow, received.atUs(receivedRow));
  return { message, client, publishedUs, deliveredUs, deliveredRow, unitRow, receivedRow, passage };
}

/** What a latency was spent on: consecutive parts that add up to it exactly. */
export function partsOf(lookup: Lookup, arrival: Arrival): Part[] {
  const { trace } = lookup;
  const { client, publishedUs, deliveredUs, unitRow, receivedRow, passage } = arrival;
  const cutter = new Cutter(publishedUs, deliveredUs);
  if (unitRow >= 0) {
    const asleep = spellsFor(trace, client, publishedUs, deliveredUs, ['client-sleep']);
    const receivedUs = trace.table('unit.received').atUs(receivedRow);
    beforeTheUnit(lookup, arrival, cutter, asleep);
    crossing(cutter, passage, receivedUs, {
      network: 'network',
      resend: 'waiting for its own retransmission',
      held: blockerWords(lookup, receivedRow, 'held back behind', 'held back'),
      before: wayToBalancer(lookup, unitRow, receivedUs),
    });
    cutter.around(deliveredUs, 'cpu', 'client', asleep, 'client asleep');
  }
  cutter.to(deliveredUs, 'unknown', 'not recorded');
  return cutter.parts;
}

/** The way of one unit: window, loss, wire, and what was held before it. */
function crossing(
  cutter: Cutter,
  passage: Passage,
  receivedUs: number,
  labels: {
    before?: undefined | Pick<Part, 'kind' | 'label'>;
    network: string;
    resend: string;
    held: string;
  },
): void {
  const { last, by } = passage;
  if (last !== null && by !== null) {
    const { kind, label } = labels.before ?? { kind: 'window', label: 'waiting to be sent' };
    cutter.to(last.sentUs, kind, label);
    cutter.to(by.sentUs, 'resend', labels.resend);
    cutter.to(by.endUs, 'network', labels.network);
  }
  cutter.to(receivedUs, 'held', labels.held);
}

/** From the publishing to the server's handing the unit to its connection. */
function beforeTheUnit(lookup: Lookup, arrival: Arrival, cutter: Cutter, asleep: readonly Spell[]): void {
  const { trace } = lookup;
  const { client, publishedUs, unitRow } = arrival;
  const units = trace.table('unit.sent');
  const writtenUs = units.atUs(unitRow);
  const connection = units.get(unitRow, UNIT.connection);
  for (const { untilUs, kind, label } of hopLegs(
    lookup,
    arrival.message,
    lookup.servedBy(connection, writtenUs),
  ))
    cutter.to(untilUs, kind, label);
  const paused = spellsFor(trace, client, publishedUs, writtenUs, ['server-pause']);
  const request = requestOf(lookup, unitRow);
  if (request >= 0) {
    const received = lookup.receivedRow(units.get(request, UNIT.unit));
    const askedUs = units.atUs(request);
    const reachedUs = trace.table('unit.received').atUs(received);
    if (reachedUs > publishedUs) {
      untilAsked(lookup, arrival, cutter, connection, askedUs, asleep);
      const habit = habitOf(trace, client);
      crossing(cutter, passageOf(lookup, request, reachedUs), reachedUs, {
        network: `the ${habit.request} on its way`,
        resend: `the ${habit.request} lost, waiting for its retransmission`,
        held: `the ${habit.request} held back`,
      });
    }
  }
  cutter.to(Math.min(threadAtUs(lookup, client, writtenUs), writtenUs), 'cpu', 'waiting for a thread');
  const carriers = innerCarriers(lookup, arrival.message, client);
  const openerOf = (row: number) => lookup.clientOf(units.get(row, UNIT.connection));
  // Each of them once: a message may have been carried before, on connections that are over.
  const inner = [...new Set(carriers.map(openerOf))]
    .map((opener) => carriers.findLast((row) => openerOf(row) === opener) as number)
    .sort((a, b) => a - b);
  const [first = unitRow] = inner;
  cutter.around(units.atUs(first), 'cpu', 'server CPU', paused, 'server paused');
  inner.forEach((row, i) => {
    const there = lookup.receivedRow(units.get(row, UNIT.unit));
    const at = theClient(trace, openerOf(row));
    if (there >= 0) cutter.to(trace.table('unit.received').atUs(there), 'network', `to ${at}`);
    const collected =
      collectorOf(trace, client) === at ? `collected by ${at}` : `${at.replace('the ', '')} CPU`;
    cutter.to(units.atUs(inner[i + 1] ?? unitRow), 'cpu', collected);
  });
}

/** Until the client asked: between two requests, or without a connection. */
function untilAsked(
  lookup: Lookup,
  { client, publishedUs }: Arrival,
  cutter: Cutter,
  connection: number,
  askedUs: number,
  asleep: readonly Spell[],
): void {
  const habit = habitOf(lookup.trace, client);
  const dial = dialOf(lookup, connection);
  const isNew = dial !== null && dial.atUs > publishedUs;
  const wait = `waiting for ${habit.waitsFor}`;
  if (!isNew && dial !== null) {
    connecting(cutter, dial, publishedUs);
    const refused = refusedIn(lookup, connection, publishedUs, askedUs);
    if (refused !== null) {
      cutter.around(refused.fromUs, 'ask', wait, asleep, 'client asleep');
      cutter.to(refused.toUs, 'away', `requests that ${refused.by} refused`);
    }
    cutter.around(askedUs, 'ask', wait, asleep, 'client asleep');
    return;
  }
  for (const other of dialsOf(lookup, client)) {
    if (dial === null || other.connection === dial.connection) break;
    if (other.closedUs < 0 || other.closedUs <= cutter.atUs) continue;
    if (other.establishedUs >= 0 && other.establishedUs <= cutter.atUs) {
      // It was there, to all appearances, when the message was published.
      const usedUs = habit.asks ? firstUse(lookup, other, publishedUs) : publishedUs;
      cutter.around(Math.min(usedUs, other.closedUs), 'ask', wait, asleep, 'client asleep');
      cutter.to(other.closedUs, 'away', 'on a connection that was dead');
    } else {
      cutter.around(other.askedUs, habit.asks ? 'ask' : 'away', wait, asleep, 'client asleep');
      cutter.to(other.closedUs, 'connecting', 'an attempt that failed');
    }
  }
  if (dial !== null) {
    cutter.around(dial.askedUs, habit.asks ? 'ask' : 'away', wait, asleep, 'client asleep');
    connecting(cutter, dial, publishedUs);
  }
  cutter.around(askedUs, 'ask', wait, asleep, 'client asleep');
}

/** From when until when requests on a connection were refused, if any were before that of `askedUs`, and by whom. */
function refusedIn(lookup: Lookup, connection: number, sinceUs: number, askedUs: number) {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const refusals = lookup.units
    .between(way(connection, 1), sinceUs, askedUs)
    .filter((row) => isRefusal(textAt(trace, units.get(row, UNIT.what))));
  const [first, last] = [refusals[0], refusals.at(-1)];
  if (first === undefined || last === undefined) return null;
  const there = lookup.receivedRow(units.get(last, UNIT.unit));
  const asked = lookup.units.between(way(connection, 0), sinceUs, units.atUs(first))[0];
  return {
    fromUs: asked === undefined ? sinceUs : units.atUs(asked),
    toUs: there < 0 ? units.atUs(last) : trace.table('unit.received').atUs(there),
    by: refuserOf(lookup, last),
  };
}

/** What was left of opening a connection when the message was published. */
function connecting(cutter: Cutter, dial: Dial, publishedUs: number): void {
  if (dial.atUs > publishedUs) cutter.to(dial.atUs, 'connecting', 'DNS lookup');
  if (dial.establishedUs > publishedUs) cutter.to(dial.establishedUs, 'connecting', 'TCP handshake');
  if (dial.securedUs > publishedUs) cutter.to(dial.securedUs, 'connecting', 'TLS handshake');
}

/** When a connection was first relied on after the publishing: a request sent, or an answer written; never: infinity. */
function firstUse(lookup: Lookup, dial: Dial, sinceUs: number): number {
  const units = lookup.trace.table('unit.sent');
  const of = (down: 0 | 1) =>
    lookup.units.between(way(dial.connection, down), sinceUs, Number.POSITIVE_INFINITY)[0] ?? -1;
  return Math.min(...[of(0), of(1)].map((row) => (row < 0 ? Number.POSITIVE_INFINITY : units.atUs(row))));
}
