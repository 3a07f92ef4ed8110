import { count, kilobytes, milliseconds } from '../readout/units.ts';
import type { GroupCosts } from './model.ts';

/** A figure of a group: how it is called, in which unit, and how it reads. */
export interface Column {
  title: string;
  unit: string;
  about: string;
  value(costs: GroupCosts): string;
  /** Losses are marked. */
  alarm?(costs: GroupCosts): boolean;
}

const none = '–';
const ms = (us: number | null) => (us === null ? none : milliseconds(us));

const P50: Column = {
  title: 'p50',
  unit: 'ms',
  about: 'Half of the deliveries were faster',
  value: (c) => ms(c.p50Us),
};
const P99: Column = {
  title: 'p99',
  unit: 'ms',
  about: '99 of 100 deliveries were faster',
  value: (c) => ms(c.p99Us),
};
const DELIVERED: Column = {
  title: 'arrived',
  unit: '',
  about: 'Messages that reached their clients',
  value: (c) => count(c.delivered),
};
const missing = (over: boolean): Column => ({
  title: over ? 'lost' : 'missing',
  unit: '',
  about: over
    ? 'Messages that never reached their clients'
    : 'Messages that have not reached their clients yet',
  value: (c) => count(c.missing),
  alarm: (c) => over && c.missing > 0,
});
const REQUESTS: Column = {
  title: 'requests',
  unit: '',
  about: 'HTTP requests',
  value: (c) => count(c.requests),
};
const PACKETS: Column = {
  title: 'packets',
  unit: '',
  about: 'Both ways, lost ones included',
  value: (c) => count(c.packets),
};
const TRAFFIC: Column = {
  title: 'kB',
  unit: '',
  about: 'Both ways, all headers included',
  value: (c) => kilobytes(c.bytesUp + c.bytesDown),
};
const EACH: Column = {
  title: 'B each',
  unit: '',
  about: 'Traffic for each delivered message',
  value: (c) => (c.bytesPerDelivery === null ? none : count(c.bytesPerDelivery)),
};

const BY_SNAPSHOT: Column = {
  title: 'by snapshot',
  unit: '',
  about: 'Messages that did not come by themselves: a room’s state stood for them',
  value: (c) => count(c.bySnapshot),
};
const SNAPSHOTS: Column = {
  title: 'states kB',
  unit: '',
  about: 'The states of rooms in those snapshots, without headers',
  value: (c) => kilobytes(c.snapshotBytes),
};

/**
 * The columns of the table.
 * @param paired two figures to a cell, one below the other @param over what is missing now is lost
 * @param snapshots whether there have been any: where two figures share a cell there is no room for more
 */
export function columnsOf(paired: boolean, over: boolean, snapshots: boolean): Column[][] {
  const pairs = [
    [P50, P99],
    [DELIVERED, missing(over)],
    [REQUESTS, PACKETS],
    [TRAFFIC, EACH],
  ];
  if (paired) return pairs;
  return [...pairs.flat(), ...(snapshots ? [BY_SNAPSHOT, SNAPSHOTS] : [])].map((column) => [column]);
}
