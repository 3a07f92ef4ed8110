import { COLUMN, type Trace } from '../trace.ts';
import { hopSteps } from './across-hop.ts';
import { balancerSteps } from './balancer-leg.ts';
import { arrivalSteps, faultSteps, requestSteps, unitSteps } from './delivery-steps.ts';
import { closeStep, dialSteps } from './dial-steps.ts';
import { equation } from './figures.ts';
import { heldBehind } from './held-behind.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { inOrder } from './order.ts';
import { type Arrival, arrivalOf, partsOf } from './parts.ts';
import { repeatSteps } from './repair.ts';
import { snapshotSteps } from './snapshots.ts';
import type { Lead, Part, Reason, Step, Story, Tone } from './story.ts';
import { termsOf } from './terms.ts';
import { threadSteps } from './threads.ts';
import { isLaidOut, topicSteps } from './topics.ts';
import { reasonOf } from './undelivered.ts';
import { awaitedFrom } from './unwritten.ts';
import { dialsOf } from './ways.ts';
import { clientName, messageName, publisherName, sentence, textOf, theClient, time } from './words.ts';

const PUBLISHED = COLUMN['message.published'];
const UNIT = COLUMN['unit.sent'];
/** Attempts to connect that are told one by one. */
const MOST_DIALS = 8;
const MOST_LEADS = 12;

/** A story that is about one message on its way to one client. */
export interface DeliveryStory extends Story {
  message: number;
  client: number;
  state: 'delivered' | Reason['state'];
  /** From the publishing to the application's having it, -1: not delivered. */
  latencyUs: number;
  /** Why it is not there; '' where it is. */
  reason: string;
}

/** Everything that happened to a message on its way to a client; null if the trace does not know the message. */
export function storyOfDelivery(trace: Trace, message: number, client: number): DeliveryStory | null {
  const lookup = lookupOf(trace);
  const row = lookup.publishedRow(message);
  if (row < 0 || trace.header?.clients[client] === undefined) return null;
  const publishedUs = trace.table('message.published').atUs(row);
  const arrival = arrivalOf(lookup, message, client);
  const title = `Message ${messageName(trace, message)} to ${theClient(trace, client)}`;
  const steps = [publishedStep(lookup, row), ...pathSteps(lookup, message, client, publishedUs, arrival)];
  if (arrival === null) {
    const reason = reasonOf(lookup, message, client, publishedUs);
    const end = endStep(lookup, reason);
    // Where it ended is told once: as the end of its story.
    const isEnd = ({ text }: Step) => `lost: ${text}` === end.text;
    steps.splice(0, steps.length, ...steps.filter((step) => !isEnd(step)), end);
    return {
      title,
      message,
      client,
      state: reason.state,
      latencyUs: -1,
      reason: reason.text,
      figure: { lost: 'lost', waiting: 'on its way', none: 'not expected' }[reason.state],
      figureTone: ({ lost: 'loss', waiting: 'wait', none: 'normal' } as const)[reason.state],
      sentence: `${sentence(reason.text.replace(/^lost: /, ''))}.`,
      parts: [],
      steps: inOrder(steps),
      leads: [],
      seq: trace.table('message.published').get(row, 0),
      terms: termsOf(steps, reason.term),
    };
  }
  const parts = partsOf(lookup, arrival);
  const bySnapshot = lookup.appliedRow(message, client) >= 0;
  const latencyUs = arrival.deliveredUs - arrival.publishedUs;
  steps.push(...snapshotSteps(lookup, message, client), ...deliveredSteps(lookup, arrival));
  const seq = trace.table('message.delivered').get(arrival.deliveredRow, 0);
  return {
    title,
    message,
    client,
    state: 'delivered',
    latencyUs,
    reason: '',
    figure: time(latencyUs),
    figureTone: 'normal',
    sentence: `${equation(latencyUs, parts)}.${bySnapshot ? ' A snapshot stood for it: it was not sent by itself.' : ''}`,
    parts,
    steps: inOrder(steps),
    leads: heldLeads(trace, message, client),
    seq,
    terms: termsOf(steps, ...partTerms(parts)),
  };
}

function publishedStep(lookup: Lookup, row: number): Step {
  const { trace } = lookup;
  const table = trace.table('message.published');
  const room = trace.header?.rooms[table.get(row, PUBLISHED.room)] ?? '';
  return {
    atUs: table.atUs(row),
    seq: table.get(row, 0),
    text: `published by ${publisherName(trace, table.get(row, PUBLISHED.publisher))}`,
    detail: `message ${table.get(row, PUBLISHED.message)} of ${room}, ${table.get(row, PUBLISHED.bytes)} B`,
    tone: 'normal',
    ...(isLaidOut(trace) ? { term: 'topic design' } : {}),
  };
}

/** From the publishing to the last arrival: faults, connections, requests, units. */
function pathSteps(
  lookup: Lookup,
  message: number,
  client: number,
  publishedUs: number,
  arrival: Arrival | null,
): Step[] {
  const { trace } = lookup;
  const units = trace.table('unit.sent');
  const untilUs = arrival?.deliveredUs ?? trace.knownUntilUs;
  const steps = faultSteps(lookup, client, publishedUs, untilUs);
  steps.push(...threadSteps(lookup, client, publishedUs, untilUs));
  const server = serverOf(lookup, message, client, publishedUs);
  steps.push(...hopSteps(lookup, message, server, untilUs), ...topicSteps(lookup, message, server));
  steps.push(...balancerSteps(lookup, message, client, untilUs));
  const told = new Set<number>();
  for (const unitRow of lookup.carriers(message, client)) {
    if (units.atUs(unitRow) > untilUs) break;
    const request = requestSteps(lookup, client, unitRow, publishedUs);
    steps.push(...request.filter((step) => !steps.some((other) => other.seq === step.seq)));
    told.add(units.get(unitRow, UNIT.connection));
    const received = lookup.receivedRow(units.get(unitRow, UNIT.unit));
    const until = received >= 0 ? trace.table('unit.received').atUs(received) : untilUs;
    steps.push(...unitSteps(lookup, client, unitRow, until));
    if (received >= 0 && until <= untilUs) steps.push(...arrivalSteps(lookup, unitRow, received));
  }
  steps.push(...connectionSteps(lookup, client, publishedUs, untilUs, told, arrival));
  return steps;
}

/** The server that wrote a message to a client, or that was to; -1: none. */
function serverOf(lookup: Lookup, message: number, client: number, publishedUs: number): number {
  const carrier = lookup.carriers(message, client).at(-1);
  if (carrier === undefined) return awaitedFrom(lookup, message, client, publishedUs);
  const units = lookup.trace.table('unit.sent');
  return lookup.servedBy(units.get(carrier, UNIT.connection), units.atUs(carrier));
}

/** Connections that ended, or were tried, while the message waited. */
function connectionSteps(
  lookup: Lookup,
  client: number,
  fromUs: number,
  toUs: number,
  told: ReadonlySet<number>,
  arrival: Arrival | null,
): Step[] {
  const steps: Step[] = [];
  let dials = 0;
  for (const dial of dialsOf(lookup, client)) {
    if (dial.atUs > toUs) break;
    const close = closeStep(dial);
    const isCarrier = arrival !== null && told.has(dial.connection) && dial.closedUs >= toUs;
    if (close !== null && close.atUs >= fromUs && close.atUs <= toUs && !isCarrier) {
      if (
        !(
          close.detail === 'closed in order' &&
          dial.establishedUs >= 0 &&
          close.tone === 'normal' &&
          told.size > 0
        )
      )
        steps.push(close);
    }
    if (dial.atUs <= fromUs || told.has(dial.connection)) continue;
    if (++dials <= MOST_DIALS) steps.push(...dialSteps(lookup, dial).filter(({ atUs }) => atUs <= toUs));
  }
  return steps;
}

function deliveredSteps(lookup: Lookup, arrival: Arrival): Step[] {
  const { trace } = lookup;
  const { client, message, deliveredRow, deliveredUs } = arrival;
  const delivered = trace.table('message.delivered');
  const seq = delivered.get(deliveredRow, 0);
  const shown = shownText(lookup, client, deliveredRow);
  const out = delivered.get(deliveredRow, COLUMN['message.delivered'].outOfOrder) === 1;
  const expected = delivered.get(deliveredRow, COLUMN['message.delivered'].expected) === 1;
  const steps: Step[] = [
    {
      atUs: deliveredUs,
      seq,
      text: shown === '' ? `${clientName(trace, client)}’s application has it` : `shown: “${shown}”`,
      detail: [
        out ? 'older than what was already there' : '',
        expected ? '' : 'from before its readiness: not counted',
        lookup.appliedRow(message, client) < 0 ? '' : 'as part of a snapshot',
      ]
        .filter((text) => text !== '')
        .join('; '),
      tone: 'good',
    },
  ];
  return [...steps, ...repeatSteps(trace, message, client)];
}

/** The end of what the client shows once it has this message; '' where messages carry no text. */
function shownText(lookup: Lookup, client: number, deliveredRow: number): string {
  const { trace } = lookup;
  const delivered = trace.table('message.delivered');
  const rows = lookup.delivered.of(client);
  const texts: string[] = [];
  for (let i = rows.indexOf(deliveredRow); i >= 0 && texts.length < 12; i--)
    texts.unshift(textOf(trace, delivered.get(rows[i] as number, COLUMN['message.delivered'].message)));
  const text = texts.join('').trimStart();
  if (text === '') return '';
  return text.length > 12 || texts.length === 12 ? `…${text.slice(-12)}` : text;
}

function endStep(lookup: Lookup, reason: Reason): Step {
  const { trace } = lookup;
  const over = trace.header !== null && trace.knownUntilUs >= trace.header.endUs;
  const tone: Tone = reason.state === 'lost' ? 'loss' : 'wait';
  const text =
    reason.state === 'waiting' ? `${over ? 'at the end of the run' : 'so far'}: ${reason.text}` : reason.text;
  return {
    atUs: reason.atUs ?? trace.knownUntilUs,
    seq: reason.seq ?? -1,
    text,
    tone,
    ...(reason.term === '' ? {} : { term: reason.term }),
  };
}

function heldLeads(trace: Trace, message: number, client: number): Story['leads'] {
  const held = heldBehind(trace, message, client);
  if (held.length === 0) return [];
  const items = held.slice(0, MOST_LEADS).map(
    ({ message: other, us }): Lead => ({
      subject: { kind: 'message', message: other, client },
      text: `Message ${messageName(trace, other)}`,
      figure: `+${time(us)}`,
      tone: 'loss',
    }),
  );
  return [{ title: 'Held back behind it', items, more: held.length - items.length }];
}

/** What parts of a latency stand on, where no step does. */
const partTerms = (parts: readonly Part[]): string[] => [
  parts.some(({ kind }) => kind === 'held') ? 'head-of-line blocking' : '',
  parts.some(({ label }) => label === 'server CPU') ? 'server CPU' : '',
];

/** Whether a client was to get a message: it watches its room, and was ready when it was published. */
export function isExpected(trace: Trace, message: number, client: number): boolean {
  const lookup = lookupOf(trace);
  const row = lookup.publishedRow(message);
  const ready = lookup.readyRow(client);
  if (row < 0 || ready < 0) return false;
  const table = trace.table('message.published');
  return (
    trace.header?.clients[client]?.rooms.includes(table.get(row, PUBLISHED.room)) === true &&
    trace.table('client.ready').atUs(ready) <= table.atUs(row)
  );
}
