import { COLUMN } from '../trace.ts';
import type { Lookup } from './lookup.ts';
import type { Step } from './story.ts';
import { clientName, plural, serverName, textAt, time } from './words.ts';

const APPLIED = COLUMN['snapshot.applied'];
const TAKEN = COLUMN['snapshot.taken'];
const LOADED = COLUMN['state.loaded'];
const ASKED = COLUMN['snapshot.asked'];

/** How a message came to a client as part of a snapshot: asked for, read, made, applied. Empty: it came by itself. */
export function snapshotSteps(lookup: Lookup, message: number, client: number): Step[] {
  const { trace } = lookup;
  const row = lookup.appliedRow(message, client);
  if (row < 0) return [];
  const applied = trace.table('snapshot.applied');
  const [seq, room, version] = [
    applied.get(row, 0),
    applied.get(row, APPLIED.room),
    applied.get(row, APPLIED.version),
  ];
  const state = `the state of ${trace.header?.rooms[room] ?? ''} at version ${version}`;
  const steps: Step[] = [];
  const add = (atUs: number, recordSeq: number, text: string, detail: string) =>
    steps.push({ atUs, seq: recordSeq, text, detail, tone: 'normal', term: 'snapshot' });
  const taken = trace.table('snapshot.taken');
  let made = taken.firstAfter(applied.atUs(row)) - 1;
  const isIt = (at: number) =>
    taken.get(at, TAKEN.client) === client &&
    taken.get(at, TAKEN.room) === room &&
    taken.get(at, TAKEN.version) === version;
  while (made >= 0 && !(isIt(made) && taken.get(made, 0) < seq)) made--;
  if (made >= 0) {
    const server = taken.get(made, TAKEN.server);
    steps.push(...askedSteps(lookup, client, room, trace.table('snapshot.taken').get(made, 0)));
    steps.push(...loadedSteps(lookup, server, room, taken.atUs(made), taken.get(made, 0)));
    const why = textAt(trace, taken.get(made, TAKEN.why));
    add(
      taken.atUs(made),
      taken.get(made, 0),
      `${serverName(trace, server)} makes a snapshot: ${state}`,
      `${taken.get(made, TAKEN.bytes)} B; ${why}`,
    );
  }
  const stoodFor = plural(applied.get(row, APPLIED.messages), 'message');
  add(
    applied.atUs(row),
    seq,
    `${clientName(trace, client)} shows ${state}`,
    `it stands for ${stoodFor}, this one among them`,
  );
  return steps;
}

/** The client's last request for a snapshot of the room before one was made. */
function askedSteps({ trace }: Lookup, client: number, room: number, beforeSeq: number): Step[] {
  const table = trace.table('snapshot.asked');
  for (let row = table.length - 1; row >= 0; row--) {
    if (table.get(row, 0) > beforeSeq || table.get(row, ASKED.client) !== client) continue;
    if (table.get(row, ASKED.room) !== room) continue;
    const text = `${clientName(trace, client)} asks for a snapshot: its gap stays open`;
    return [{ atUs: table.atUs(row), seq: table.get(row, 0), text, tone: 'normal', term: 'snapshot' }];
  }
  return [];
}

/** A read of the state for it: the server's last before the snapshot, if it was just before. */
function loadedSteps({ trace }: Lookup, server: number, room: number, madeUs: number, seq: number): Step[] {
  const table = trace.table('state.loaded');
  for (let row = table.length - 1; row >= 0; row--) {
    if (table.get(row, 0) > seq || table.get(row, LOADED.server) !== server) continue;
    if (table.get(row, LOADED.room) !== room) continue;
    if (madeUs - table.atUs(row) > 1_000_000) return [];
    const text = `${serverName(trace, server)} reads the room’s state from ${textAt(trace, table.get(row, LOADED.from))}`;
    const detail = `${time(madeUs - table.atUs(row))} before the snapshot was made`;
    return [
      { atUs: table.atUs(row), seq: table.get(row, 0), text, detail, tone: 'normal', term: 'snapshot' },
    ];
  }
  return [];
}
