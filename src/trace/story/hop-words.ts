import { asName } from '../names.ts';
import type { Trace, TraceRecord } from '../trace.ts';
import { ownedThing, pendingLog } from './owned.ts';
import { clientName, messageName, plural, sentence, time } from './words.ts';

/** What a process in the datacenter is called: a node's title, "Server 2", "Editor". */
export function placeName(trace: Trace, place: number): string {
  const one = trace.header?.places[place];
  if (one === undefined) return place < 0 ? '' : `Place ${place + 1}`;
  return one.title === '' ? asName(one.name) : one.title;
}

/** A record of hop 2 as who does what; null: it is of another kind. */
export function hopWords(trace: Trace, record: TraceRecord): { who: string; words: string } | null {
  const { header } = trace;
  const num = (field: string) => Number(record[field] ?? 0);
  const said = (who: number, words: string) => ({ who: placeName(trace, who), words });
  const log = () => header?.backplane.logs[num('log')]?.name ?? `log ${num('log') + 1}`;
  const where = () => `${log()}, partition ${num('partition')}`;
  const message = () => messageName(trace, num('message'));
  switch (record.kind) {
    case 'peer.attempted':
      return said(
        num('place'),
        `opens connection ${num('connection')} to ${placeName(trace, num('peer'))} for “${wordOf(trace, record)}”`,
      );
    case 'role.started':
      return said(num('place'), `starts “${record.role ?? ''}”`);
    case 'place.worked':
      return said(
        num('place'),
        `worked ${time(num('tookUs'))} on a ${record.what ?? 'task'}, after ${time(num('queuedUs'))} in its queue`,
      );
    case 'room.watched': {
      const room = header?.rooms[num('room')] ?? '';
      return said(
        num('server'),
        num('watched') ? `has its first client in ${room}` : `has no client in ${room} any more`,
      );
    }
    case 'message.handed':
      return said(num('server'), `has message ${message()}${num('again') ? ' once more' : ''}`);
    case 'message.dropped': {
      const missed = num('server') < 0 ? '' : `, so ${placeName(trace, num('server'))} does not get it`;
      const why = `message ${message()} ends here: ${record.reason ?? 'dropped'}${missed}`;
      return num('place') < 0 ? { who: 'Client', words: why } : said(num('place'), why);
    }
    case 'buffer.changed':
      return said(
        num('place'),
        `holds ${num('bytes')} B in ${plural(num('messages'), 'message')} for ${placeName(trace, num('peer'))}`,
      );
    case 'entry.appended':
      return said(num('place'), `writes message ${message()} to ${where()}, at ${num('offset')}`);
    case 'entry.trimmed':
      return said(num('place'), `gives up what ${where()} has before ${num('offset')}`);
    case 'cursor.moved': {
      const consumer =
        header?.backplane.consumers[num('consumer')]?.name ?? `consumer ${num('consumer') + 1}`;
      return said(
        num('place'),
        `${consumer} ${num('committed') ? 'has committed' : 'stands at'} ${num('offset')} of ${where()}`,
      );
    }
    case 'member.changed':
      return said(num('place'), `is ${record.state ?? ''} in ${record.group ?? ''}`);
    case 'owner.changed':
      return ownerWords(trace, record);
    case 'client.sent-away':
      return said(
        num('server'),
        `tells ${clientName(trace, num('client'))} to connect anew: ${record.why ?? ''}`,
      );
    case 'gap.noticed':
      return {
        who: clientName(trace, num('client')),
        words: `misses ${plural(num('messages'), 'message')} of ${header?.rooms[num('room')] ?? ''}, from number ${num('first')} on`,
      };
    case 'message.deduplicated':
      return {
        who: clientName(trace, num('client')),
        words: `drops message ${message()}, which it has already`,
      };
    case 'thread.changed':
      return said(num('server'), threadWords(trace, record));
    default:
      return snapshotWords(trace, record);
  }
}

/** What a server does about a thread for a request. */
function threadWords(trace: Trace, record: TraceRecord): string {
  const num = (field: string) => Number(record[field] ?? 0);
  const whose = num('client') < 0 ? 'a health check' : `the request of ${clientName(trace, num('client'))}`;
  const all = `${num('busy')} of ${num('threads')} taken, ${num('waiting')} waiting`;
  switch (record.state) {
    case 'waits':
      return `has no thread for ${whose}, which waits: ${all}`;
    case 'taken':
      return `gives a thread to ${whose}${num('us') > 0 ? ` after ${time(num('us'))}` : ''}: ${all}`;
    case 'freed':
      return `has a thread back from ${whose} after ${time(num('us'))}: ${all}`;
    case 'left':
      return `lost ${whose}, which had waited ${time(num('us'))} for a thread: ${all}`;
    default:
      return `closes the connection of ${whose}, with no thread and no place in the queue: ${all}`;
  }
}

/** A record of snapshots as who does what; null: it is of another kind. */
function snapshotWords(trace: Trace, record: TraceRecord): { who: string; words: string } | null {
  const num = (field: string) => Number(record[field] ?? 0);
  const room = trace.header?.rooms[num('room')] ?? '';
  const state = `the state of ${room} at version ${num('version')}`;
  switch (record.kind) {
    case 'snapshot.asked':
      return {
        who: clientName(trace, num('client')),
        words: `asks for a snapshot of ${room}: its gap stays open`,
      };
    case 'snapshot.taken':
      return {
        who: placeName(trace, num('server')),
        words: `makes a snapshot for ${clientName(trace, num('client'))}, ${state}, ${num('bytes')} B: ${record.why ?? ''}`,
      };
    case 'snapshot.applied':
      return {
        who: clientName(trace, num('client')),
        words: `shows ${state}: it stands for ${plural(num('messages'), 'message')} that it did not have`,
      };
    case 'message.fanned-out': {
      const message = messageName(trace, num('message'));
      return {
        who: `Message ${message}`,
        words: `is published to ${plural(num('topics'), 'topic')}, one for each member`,
      };
    }
    case 'cache.read':
      return {
        who: placeName(trace, num('server')),
        words: `reads the entry of ${room}: ${plural(num('messages'), 'message')} that it did not have`,
      };
    case 'state.loaded':
      return { who: placeName(trace, num('server')), words: `reads ${state} from ${record.from ?? ''}` };
    default:
      return null;
  }
}

const LEADER_OF = 'leader of ';

function ownerWords(trace: Trace, record: TraceRecord): { who: string; words: string } {
  const [what, part] = [String(record.what ?? ''), Number(record.part)];
  const [owner, before] = [Number(record.owner), Number(record.before)];
  const log = pendingLog(what);
  if (log === null)
    return owner < 0
      ? { who: sentence(ownedThing(trace, what, part)), words: 'belongs to nobody' }
      : {
          who: placeName(trace, owner),
          words: what.startsWith(LEADER_OF)
            ? `leads ${what.slice(LEADER_OF.length)} ${part}`
            : `owns ${ownedThing(trace, what, part)}`,
        };
  const entry = `entry ${part} of ${log}`;
  if (owner < 0) return { who: asName(entry), words: 'is acknowledged, and no longer pending' };
  const from = before < 0 || before === owner ? '' : ` from ${placeName(trace, before)}`;
  return {
    who: placeName(trace, owner),
    words: from === '' ? `is handed ${entry}, to acknowledge it` : `claims ${entry}${from}`,
  };
}

const wordOf = (trace: Trace, record: TraceRecord): string => {
  const key = String(record.what ?? '');
  return trace.header?.vocabulary[key]?.label ?? key;
};
