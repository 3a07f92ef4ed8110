import { COLUMN, type Trace } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import type { Step } from './story.ts';
import { plural, serverName, textAt, time } from './words.ts';
import { worstWaitsOf } from './worst-waits.ts';

const CHANGED = COLUMN['thread.changed'];
const TERM = 'thread per request';
/** Waits of one client that are told one by one. */
const MOST = 12;

/** What a client's requests had to wait at servers for a thread, as steps. */
export function threadSteps(lookup: Lookup, client: number, fromUs: number, toUs: number): Step[] {
  const { trace } = lookup;
  const table = trace.table('thread.changed');
  return lookup.threads
    .between(client, fromUs, toUs)
    .flatMap((row): Step[] => {
      const value = (field: keyof typeof CHANGED) => table.get(row, CHANGED[field]);
      const at = { atUs: table.atUs(row), seq: table.get(row, 0), term: TERM };
      const where = serverName(trace, value('server'));
      const all = `all ${plural(value('threads'), 'thread')} of ${where} are taken`;
      switch (textAt(trace, value('state'))) {
        case 'waits':
          return [
            {
              ...at,
              text: 'its request waits for a thread',
              detail: `${all}, ${behind(value('waiting'))}`,
              tone: 'wait',
            },
          ];
        case 'taken':
          return value('us') === 0
            ? []
            : [
                {
                  ...at,
                  text: `it has a thread of ${where}`,
                  detail: `waited ${time(value('us'))} for it`,
                  tone: 'good',
                },
              ];
        case 'left':
          return [
            { ...at, text: `it is gone before it had a thread, after ${time(value('us'))}`, tone: 'loss' },
          ];
        case 'refused':
          return [
            {
              ...at,
              text: `${where} closes its connection: no thread, no place in the queue`,
              detail: all,
              tone: 'loss',
            },
          ];
        default:
          return [];
      }
    })
    .slice(-MOST);
}

const behind = (waiting: number): string =>
  waiting <= 1 ? 'nobody waits before it' : `${plural(waiting - 1, 'other waits', 'others wait')} before it`;

/** Whether a client's newest request has no thread yet. */
export function awaitsThread({ trace, threads }: Lookup, client: number): boolean {
  const row = threads.lastAt(client, trace.knownUntilUs);
  return row >= 0 && textAt(trace, trace.table('thread.changed').get(row, CHANGED.state)) === 'waits';
}

/** When the request that was answered last by some time had its thread, if it had to wait for it; else -1. */
export function threadAtUs({ trace, threads }: Lookup, client: number, untilUs: number): number {
  const table = trace.table('thread.changed');
  const taken = trace.strings.indexOf('taken');
  const row = threads.between(client, 0, untilUs).findLast((one) => table.get(one, CHANGED.state) === taken);
  return row === undefined || table.get(row, CHANGED.us) === 0 ? -1 : table.atUs(row);
}

/** The longest wait of a request for a server's thread, of those that have got one, as a step; none: no step. */
export function longestThreadWait(trace: Trace, server: number, nowUs: number): Step[] {
  const table = trace.table('thread.changed');
  const worst = worstWaitsOf(trace).thread.at(server, nowUs);
  if (worst < 0 || table.get(worst, CHANGED.us) === 0) return [];
  return [
    {
      atUs: table.atUs(worst),
      seq: table.get(worst, 0),
      text: `longest wait for one of its ${plural(table.get(worst, CHANGED.threads), 'thread')}: ${time(table.get(worst, CHANGED.us))}`,
      tone: 'wait',
      term: TERM,
    },
  ];
}
