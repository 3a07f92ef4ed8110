import { COLUMN, type Trace } from '../../trace/trace.ts';
import { publishedRow, textOfMessages } from '../reading/messages.ts';
import { readingOf } from '../reading/reading.ts';
import { duration } from '../readout/units.ts';
import { type Span, type Window, within } from './span.ts';

const UNIT = COLUMN['unit.sent'];

/** Units after a window among which one is looked for whose updates were published in it. */
const LOOK_AHEAD = 12;
/** Units before one among which those that were sent the same updates are looked for. */
const LOOK_BACK = 48;
/** Units that are sent no further apart than this are sent in one go. */
const ONE_GO_US = 10_000;
/** An update that is sent on sooner than this did not wait for anything but the CPU. */
const SHORTEST_KEPT_US = 10_000;

/** Updates that a server had and could not send on at once: to a client that has to ask first, or is away. */
export function keptSpans(trace: Trace, client: number, window: Window): Span[] {
  const { units } = readingOf(trace);
  const table = trace.table('unit.sent');
  const rows = units.of(client);
  const first = units.countAt(client, window.fromUs - 1);
  const last = Math.min(rows.length, units.countAt(client, Math.min(window.toUs, window.nowUs)) + LOOK_AHEAD);
  const spans: Span[] = [];
  // An answer that was lost is given again: what it carries has not been waiting since it was published.
  let sentUpTo = 0;
  let run: Kept | null = null;
  for (let i = Math.max(0, first - LOOK_BACK); i < last; i++) {
    const row = rows[i] as number;
    const messages = table.get(row, UNIT.messages);
    if (messages === 0 || table.get(row, UNIT.down) === 0) continue;
    const message = Math.max(table.get(row, UNIT.message), sentUpTo);
    const end = table.get(row, UNIT.message) + messages;
    sentUpTo = Math.max(sentUpTo, end);
    if (i < first || message >= end) continue;
    const sentUs = table.atUs(row);
    // What is sent on in one go has waited as one.
    if (
      run !== null &&
      message === run.end &&
      sentUs - run.sentUs <= ONE_GO_US &&
      keptUs(trace, message, sentUs) > 0
    ) {
      run.end = end;
      run.sentUs = sentUs;
      continue;
    }
    spans.push(...keptSpan(trace, client, run, window));
    run = { message, end, sentUs };
  }
  return [...spans, ...keptSpan(trace, client, run, window)];
}

/** Updates message…end-1, sent on together. */
interface Kept {
  message: number;
  end: number;
  sentUs: number;
}

/** How long an update had been published when it was sent, if that is worth saying; else 0. */
function keptUs(trace: Trace, message: number, sentUs: number): number {
  const row = publishedRow(trace, message);
  const us = row < 0 ? 0 : sentUs - trace.table('message.published').atUs(row);
  return us < SHORTEST_KEPT_US ? 0 : us;
}

function keptSpan(trace: Trace, client: number, run: Kept | null, window: Window): Span[] {
  if (run === null) return [];
  const { message, end, sentUs } = run;
  const waitedUs = keptUs(trace, message, sentUs);
  // At the very moment of its publishing it has not waited.
  if (waitedUs === 0 || sentUs - waitedUs >= window.nowUs) return [];
  // Nobody knows yet what is going to join them.
  let known = 1;
  while (message + known < end && publishedBy(trace, message + known, window.nowUs)) known++;
  const { text, more } = textOfMessages(trace, message, known, 4);
  const what = text === '' ? `update ${message}` : `“${text.trim() === '' ? '␣' : text}${more ? '…' : ''}”`;
  const others = text === '' && known > 1 ? ` and ${known - 1} more` : '';
  const span = within(
    {
      kind: 'kept',
      client,
      at: 'server',
      fromUs: sentUs - waitedUs,
      toUs: sentUs,
      detail: '',
      selection: { kind: 'message', message, client },
    },
    window,
    (us, open) =>
      `${what}${others} ${others === '' ? 'waits' : 'wait'} ${duration(us)}${open ? ' so far' : ''}`,
  );
  return span === null ? [] : [span];
}

function publishedBy(trace: Trace, message: number, nowUs: number): boolean {
  const row = publishedRow(trace, message);
  return row >= 0 && trace.table('message.published').atUs(row) <= nowUs;
}
