import { firstIndex } from '../search.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { termOfCollecting, whyCollected } from './collected.ts';
import { isExpected, storyOfDelivery } from './delivery.ts';
import { faultSteps } from './delivery-steps.ts';
import { closeStep, dialSteps } from './dial-steps.ts';
import { spellsFor } from './faults.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { inOrder } from './order.ts';
import { refusalSteps, whyRefused } from './refusals.ts';
import { gapSteps } from './repair.ts';
import type { Lead, Step, Story } from './story.ts';
import { termsOf } from './terms.ts';
import { threadSteps } from './threads.ts';
import { dialsOf } from './ways.ts';
import { clientName, eventWords, messageName, plural, textAt, time } from './words.ts';

const MOVED = COLUMN['machine.moved'];
const DELIVERED = COLUMN['message.delivered'];
const MOST = 40;
/** Messages looked at for what a client misses; a run of hours may have very many. */
const LOOKED_AT = 2000;

/** A client: how it stands now, since when and why; its connections; what it misses, what was slowest. */
export function storyOfClient(trace: Trace, client: number, nowUs: number): Story | null {
  const lookup = lookupOf(trace);
  const one = trace.header?.clients[client];
  if (one === undefined) return null;
  const dials = dialsOf(lookup, client).filter(({ atUs }) => atUs <= nowUs);
  const steps: Step[] = [];
  for (const dial of dials.slice(-6)) {
    const told = [...dialSteps(lookup, dial), ...refusalSteps(lookup, dial)];
    steps.push(...told.filter(({ atUs }) => atUs <= nowUs));
    const close = closeStep(dial);
    if (close !== null && close.atUs <= nowUs) steps.push(close);
  }
  const ready = lookup.readyRow(client);
  if (ready >= 0 && trace.table('client.ready').atUs(ready) <= nowUs)
    steps.push({
      atUs: trace.table('client.ready').atUs(ready),
      seq: trace.table('client.ready').get(ready, 0),
      text: 'ready for the first time',
      detail: `${time(trace.table('client.ready').get(ready, COLUMN['client.ready'].setupUs))} after it wished to connect`,
      tone: 'good',
    });
  steps.push(
    ...faultSteps(lookup, client, 0, nowUs),
    ...gapSteps(trace, client, nowUs),
    ...threadSteps(lookup, client, 0, nowUs),
  );
  const state = stateOf(lookup, client, nowUs);
  const transport = trace.header?.transports[one.transport]?.title ?? one.transport;
  const figures = tally(lookup, client, nowUs);
  const collected = whyCollected(lookup, client, nowUs);
  const without = whyRefused(lookup, client, nowUs) || collected;
  return {
    title: clientName(trace, client).startsWith(transport)
      ? clientName(trace, client)
      : `${clientName(trace, client)} · ${transport}`,
    figure: state.text,
    figureTone: state.tone,
    sentence: `${without === '' ? '' : `Not connected: ${without}. `}${state.since} It has ${plural(figures.delivered, 'message')}${
      figures.expected > 0 ? ` of ${figures.expected} that it expects so far` : ''
    }.`,
    parts: [],
    steps: inOrder(steps).slice(-MOST),
    leads: [...missing(trace, client, nowUs), ...slowest(lookup, client, nowUs)],
    seq: state.seq,
    terms: termsOf(steps, termOfCollecting(collected)),
  };
}

/** The state of a client's machine, since when and why. */
function stateOf(lookup: Lookup, client: number, nowUs: number) {
  const { trace } = lookup;
  const asleep = spellsFor(trace, client, nowUs, nowUs, ['client-sleep']).find(({ toUs }) => toUs > nowUs);
  if (asleep !== undefined)
    return {
      text: 'asleep',
      tone: 'wait' as const,
      seq: asleep.seq,
      since: `Asleep for ${time(nowUs - asleep.fromUs)}: timers and scripts stand still.`,
    };
  const actor = trace.header?.actors.findIndex((one) => one.client === client) ?? -1;
  const row = actor < 0 ? -1 : lookup.moved.lastAt(actor, nowUs);
  if (row < 0)
    return { text: 'not started', tone: 'normal' as const, seq: -1, since: 'It has not begun yet.' };
  const moved = trace.table('machine.moved');
  const to = textAt(trace, moved.get(row, MOVED.to));
  const event = textAt(trace, moved.get(row, MOVED.event));
  const down = spellsFor(trace, client, nowUs, nowUs, ['link-down', 'client-disconnect']).find(
    ({ toUs }) => toUs > nowUs,
  );
  return {
    text: to.split('.').at(-1) ?? to,
    tone: down === undefined ? ('normal' as const) : ('loss' as const),
    seq: moved.get(row, 0),
    since: `In this state for ${time(nowUs - moved.atUs(row))}, since ${eventWords(event)}${
      down === undefined ? '' : `; meanwhile: ${down.label}`
    }.`,
  };
}

function tally(lookup: Lookup, client: number, nowUs: number): { delivered: number; expected: number } {
  const { trace } = lookup;
  const delivered = trace.table('message.delivered');
  const rows = lookup.delivered.of(client);
  const published = trace.table('message.published');
  const ready = lookup.readyRow(client);
  const rooms = trace.header?.clients[client]?.rooms ?? [];
  let expected = 0;
  if (ready >= 0)
    for (
      let row = published.firstAtOrAfter(trace.table('client.ready').atUs(ready));
      row < published.length && published.atUs(row) <= nowUs;
      row++
    )
      if (rooms.includes(published.get(row, COLUMN['message.published'].room))) expected++;
  return { delivered: firstIndex(rows, (row) => delivered.atUs(row) > nowUs), expected };
}

/** What it should have by now and has not, newest first. */
function missing(trace: Trace, client: number, nowUs: number): Story['leads'] {
  const lookup = lookupOf(trace);
  const published = trace.table('message.published');
  const delivered = trace.table('message.delivered');
  const items: Lead[] = [];
  let more = 0;
  const last = published.firstAfter(nowUs) - 1;
  for (let row = last; row >= 0 && row > last - LOOKED_AT; row--) {
    const message = published.get(row, COLUMN['message.published'].message);
    if (!isExpected(trace, message, client)) continue;
    const there = lookup.deliveredRow(message, client);
    if (there >= 0 && delivered.atUs(there) <= nowUs) continue;
    if (items.length >= 8) more++;
    else {
      const lost = there < 0 && storyOfDelivery(trace, message, client)?.state === 'lost';
      items.push({
        subject: { kind: 'message', message, client },
        text: `Message ${messageName(trace, message)}`,
        figure: lost ? 'lost' : `${time(nowUs - published.atUs(row))} so far`,
        tone: lost ? 'loss' : 'wait',
      });
    }
  }
  return items.length === 0 ? [] : [{ title: 'Not here yet', items, more }];
}

function slowest(lookup: Lookup, client: number, nowUs: number): Story['leads'] {
  const { trace } = lookup;
  const delivered = trace.table('message.delivered');
  const us = (row: number) => delivered.get(row, DELIVERED.latencyUs);
  const worst: number[] = [];
  for (const row of lookup.delivered.of(client)) {
    if (delivered.atUs(row) > nowUs) break;
    if (worst.length === 3 && us(row) <= us(worst[2] as number)) continue;
    worst.push(row);
    worst.sort((one, other) => us(other) - us(one));
    worst.length = Math.min(worst.length, 3);
  }
  if (worst.length === 0) return [];
  const items = worst.map(
    (row): Lead => ({
      subject: { kind: 'message', message: delivered.get(row, DELIVERED.message), client },
      text: `Message ${messageName(trace, delivered.get(row, DELIVERED.message))}`,
      figure: time(delivered.get(row, DELIVERED.latencyUs)),
      tone: 'normal',
    }),
  );
  return [{ title: 'Slowest so far', items, more: 0 }];
}
