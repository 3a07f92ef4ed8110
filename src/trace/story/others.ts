import { asName } from '../names.ts';
import { COLUMN, type Trace } from '../trace.ts';
import { concerns, spellsOf } from './faults.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { hitsPlace, hopStepsOf } from './place.ts';
import { actorName, recordWords } from './record-words.ts';
import type { Lead, Step, Story } from './story.ts';
import { termsOf } from './terms.ts';
import { longestThreadWait } from './threads.ts';
import { reasonOf } from './undelivered.ts';
import { clientName, eventWords, messageName, plural, sentence, textAt, time } from './words.ts';
import { worstWaitsOf } from './worst-waits.ts';

const DELIVERED = COLUMN['message.delivered'];
const MOST = 40;
/** Updates of one fault whose fate at a client is looked up. */
const MOST_JUDGED = 2000;

const EMPTY = { figure: '', figureTone: 'normal' as const, parts: [], leads: [], terms: [] };

/** A message on its way to everybody. Null: there is none of this number. */
export function storyOfMessage(trace: Trace, message: number): Story | null {
  const lookup = lookupOf(trace);
  const row = lookup.publishedRow(message);
  if (row < 0) return null;
  const published = trace.table('message.published');
  const delivered = trace.table('message.delivered');
  const publishedUs = published.atUs(row);
  const seq = published.get(row, 0);
  const room = published.get(row, COLUMN['message.published'].room);
  const steps: Step[] = [
    { atUs: publishedUs, seq, ...recordWords(trace, trace.record('message.published', row)) },
  ];
  const items: Lead[] = [];
  let slowestUs = 0;
  for (const at of lookup.deliveries(message)) {
    const client = delivered.get(at, DELIVERED.client);
    const us = delivered.get(at, DELIVERED.latencyUs);
    slowestUs = Math.max(slowestUs, us);
    items.push({
      subject: { kind: 'message', message, client },
      text: clientName(trace, client),
      figure: time(us),
      tone: 'normal',
    });
    if (steps.length < MOST)
      steps.push({
        atUs: delivered.atUs(at),
        seq: delivered.get(at, 0),
        text: `${clientName(trace, client)} has it`,
        tone: 'good',
      });
  }
  const there = items.length;
  trace.header?.clients.forEach((one, client) => {
    if (!one.rooms.includes(room) || lookup.deliveredRow(message, client) >= 0) return;
    const { state } = reasonOf(lookup, message, client, publishedUs);
    if (state === 'none') return;
    items.unshift({
      subject: { kind: 'message', message, client },
      text: clientName(trace, client),
      figure: state === 'lost' ? 'lost' : 'on its way',
      tone: state === 'lost' ? 'loss' : 'wait',
    });
  });
  return {
    ...EMPTY,
    title: `Message ${messageName(trace, message)}`,
    figure: there === 0 ? 'with nobody' : `${there} of ${items.length}`,
    figureTone: there < items.length ? 'wait' : 'normal',
    sentence: `${plural(there, 'client has', 'clients have')} it${
      there > 0 ? `, the last after ${time(slowestUs)}` : ''
    }. Choose one to see its way.`,
    steps,
    leads: [{ title: 'To whom', items: items.slice(0, 30), more: Math.max(0, items.length - 30) }],
    seq,
  };
}

/** A server: its crashes and pauses, and what waited for its CPU. */
export function storyOfServer(trace: Trace, server: number, nowUs: number): Story | null {
  const one = trace.header?.servers[server];
  if (one === undefined) return null;
  const worked = trace.table('server.worked');
  const { queuedUs, tookUs } = COLUMN['server.worked'];
  const worst = worstWaitsOf(trace).cpu.at(server, nowUs);
  const spells = spellsOf(trace).filter(
    ({ fault, fromUs }) => fromUs <= nowUs && hitsPlace(trace, fault, server),
  );
  const kinds = ['server-crash', 'server-pause'];
  const now = spells.find(({ kind, toUs }) => kinds.includes(kind) && toUs > nowUs);
  const steps: Step[] = spells.flatMap(({ kind, fromUs, toUs, seq, endSeq, label }) => [
    { atUs: fromUs, seq, text: label, tone: 'loss' as const },
    ...(toUs <= nowUs
      ? [
          {
            atUs: toUs,
            seq: endSeq,
            text: kinds.includes(kind) ? 'it runs again' : `over: ${label}`,
            tone: 'good' as const,
          },
        ]
      : []),
  ]);
  steps.push(...hopStepsOf(trace, server, nowUs));
  if (worst >= 0)
    steps.push({
      atUs: worked.atUs(worst),
      seq: worked.get(worst, 0),
      text: `longest wait for its CPU: ${time(worked.get(worst, queuedUs))}`,
      detail: `${textAt(trace, worked.get(worst, COLUMN['server.worked'].what))}, ${time(worked.get(worst, tookUs))} of work`,
      tone: 'wait',
      term: 'server CPU',
    });
  steps.push(...healthSteps(trace, server, nowUs));
  steps.push(...longestThreadWait(trace, server, nowUs));
  return {
    ...EMPTY,
    title: asName(one.name),
    figure: now === undefined ? 'up' : now.kind === 'server-crash' ? 'down' : 'paused',
    figureTone: now === undefined ? 'normal' : 'loss',
    sentence:
      now === undefined
        ? 'It takes what is published and serves its clients.'
        : `${sentence(now.label)}, for ${time(nowUs - now.fromUs)} so far.`,
    steps: steps.sort((a, b) => a.atUs - b.atUs),
    seq: now?.seq ?? -1,
    terms: termsOf(steps),
  };
}

/** What the load balancer's checks have found out about a server, the newest. */
function healthSteps(trace: Trace, server: number, nowUs: number): Step[] {
  const table = trace.table('health.changed');
  const steps: Step[] = [];
  for (let row = table.firstAfter(nowUs) - 1; row >= 0 && steps.length < MOST; row--)
    if (table.get(row, COLUMN['health.changed'].server) === server)
      steps.push({
        atUs: table.atUs(row),
        seq: table.get(row, 0),
        ...recordWords(trace, trace.record('health.changed', row)),
        term: 'health checks',
      });
  return steps;
}

/** A fault: when, whom it concerns, and what was lost while it was in force. */
export function storyOfFault(trace: Trace, fault: number): Story | null {
  const one = trace.header?.faults[fault];
  if (one === undefined) return null;
  const spell = spellsOf(trace).find((each) => each.fault === fault);
  const who = (trace.header?.clients ?? []).flatMap((_, client) =>
    concerns(trace, fault, client) ? [client] : [],
  );
  const toUs = Math.min(spell?.toUs ?? one.atUs, trace.knownUntilUs);
  const isPacket = one.kind.startsWith('packet-');
  const steps: Step[] = [{ atUs: one.atUs, seq: spell?.seq ?? -1, text: `${one.label}`, tone: 'loss' }];
  if (spell !== undefined && spell.toUs < Number.POSITIVE_INFINITY && spell.toUs > spell.fromUs)
    steps.push({ atUs: spell.toUs, seq: spell.endSeq, text: 'over', tone: 'normal' });
  const { lost, refused } =
    spell === undefined ? { lost: 0, refused: 0 } : damage(lookupOf(trace), who, spell.fromUs, toUs);
  return {
    ...EMPTY,
    title: sentence(one.label),
    figure: toUs > one.atUs ? time(toUs - one.atUs) : 'at once',
    sentence: isPacket
      ? `It concerns one packet, ${one.crossed === undefined ? 'of' : 'between'} ${one.detail}.`
      : `It concerns ${who.length === trace.header?.clients.length ? 'everybody' : plural(who.length, 'client')}. While it lasted, ${plural(lost, 'packet was', 'packets were')} lost${
          refused > 0 ? ` and ${plural(refused, 'update')} refused` : ''
        }.`,
    steps,
    leads: isPacket
      ? []
      : [
          {
            title: 'What each lost meanwhile',
            items: who.slice(0, 12).map((client) => ({
              subject: { kind: 'client', client },
              text: clientName(trace, client),
              ...(spell === undefined
                ? { figure: '', tone: 'normal' as const }
                : toll(lookupOf(trace), client, spell.fromUs, toUs)),
            })),
            more: Math.max(0, who.length - 12),
          },
        ],
    seq: spell?.seq ?? -1,
  };
}

function damage(lookup: Lookup, who: readonly number[], fromUs: number, toUs: number) {
  const { trace } = lookup;
  const packets = trace.table('packet.sent');
  const { link, dropsAtUs } = COLUMN['packet.sent'];
  const concerned = new Set(who);
  let lost = 0;
  for (let row = packets.firstAtOrAfter(fromUs); row < packets.length && packets.atUs(row) <= toUs; row++)
    if (
      packets.get(row, dropsAtUs) >= 0 &&
      concerned.has(trace.header?.links[packets.get(row, link) >> 1]?.client ?? -1)
    )
      lost++;
  const refused = trace.table('message.refused');
  return { lost, refused: refused.firstAfter(toUs) - refused.firstAtOrAfter(fromUs) };
}

/** What one client lost while a fault held: updates for good, packets; and how late what it got after all was. */
function toll(
  lookup: Lookup,
  client: number,
  fromUs: number,
  toUs: number,
): Pick<Lead, 'text' | 'figure' | 'tone'> {
  const { trace } = lookup;
  const published = trace.table('message.published');
  const delivered = trace.table('message.delivered');
  let updates = 0;
  let slowestUs = 0;
  const first = published.firstAtOrAfter(fromUs);
  const last = Math.min(published.firstAfter(toUs), first + MOST_JUDGED);
  for (let row = first; row < last; row++) {
    const message = published.get(row, COLUMN['message.published'].message);
    const there = lookup.deliveredRow(message, client);
    if (there >= 0) slowestUs = Math.max(slowestUs, delivered.get(there, DELIVERED.latencyUs));
    else if (reasonOf(lookup, message, client, published.atUs(row)).state === 'lost') updates++;
  }
  const { lost } = damage(lookup, [client], fromUs, toUs);
  const name = clientName(trace, client);
  return {
    text: slowestUs > 0 ? `${name}, slowest ${time(slowestUs)}` : name,
    figure: `${updates === 0 ? 'no update' : plural(updates, 'update')}, ${plural(lost, 'packet')}`,
    tone: updates > 0 ? 'loss' : lost > 0 ? 'wait' : 'normal',
  };
}

/** A machine at work: where it stands. */
export function storyOfActor(trace: Trace, actor: number, nowUs: number): Story | null {
  const lookup = lookupOf(trace);
  const rows = lookup.moved.between(actor, 0, nowUs);
  const moved = trace.table('machine.moved');
  if (rows.length === 0 && trace.header?.actors[actor] === undefined) return null;
  const steps = rows.slice(-MOST).map((row): Step => {
    const to = textAt(trace, moved.get(row, COLUMN['machine.moved'].to));
    return {
      atUs: moved.atUs(row),
      seq: moved.get(row, 0),
      text: to,
      detail: `after ${eventWords(textAt(trace, moved.get(row, COLUMN['machine.moved'].event)))}`,
      tone: 'normal',
    };
  });
  const last = steps.at(-1);
  return {
    ...EMPTY,
    title: sentence(actorName(trace, actor)),
    figure: last?.text ?? 'not started',
    sentence: last === undefined ? 'It has not begun yet.' : `In this state for ${time(nowUs - last.atUs)}.`,
    steps,
    seq: last?.seq ?? -1,
  };
}
