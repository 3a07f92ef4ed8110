import type { Kind } from '../kinds.ts';
import type { Trace } from '../trace.ts';
import { recordWords } from './record-words.ts';
import type { Story } from './story.ts';
import { sentence } from './words.ts';

/** The rule behind a record, by its kind. */
const RECORD_TERMS: Partial<Record<Kind, string>> = {
  'name.resolved': 'DNS cache',
  'connection.established': 'TCP handshake',
  'connection.secured': 'TLS handshake',
  'server.worked': 'server CPU',
  'thread.changed': 'thread per request',
  'stream.held': 'head-of-line blocking',
  'health.changed': 'health checks',
  'gap.noticed': 'gap detection',
  'message.duplicated': 'de-duplication',
  'message.deduplicated': 'de-duplication',
};

/** Any other record: what it says. An update that was refused has more to say than most. */
export function storyOfRecord(trace: Trace, seq: number): Story | null {
  const record = trace.find(seq);
  if (record === null) return null;
  const { text, tone } = recordWords(trace, record);
  const refused = record.kind === 'message.refused';
  return {
    parts: [],
    leads: [],
    title: refused ? 'An update nobody took' : sentence(record.kind.replace('.', ' ')),
    figure: refused ? 'refused' : '',
    figureTone: tone,
    sentence: refused
      ? `${trace.header?.publishers[Number(record.publisher)]?.name ?? 'A source'} had an update for ${
          trace.header?.rooms[Number(record.room)] ?? 'a room'
        } while no server was up; the source does not keep it, so no client ever gets it.`
      : `${sentence(text)}.`,
    steps: [{ atUs: record.atUs, seq, text, tone, term: RECORD_TERMS[record.kind] }],
    seq,
    terms: [RECORD_TERMS[record.kind] ?? ''].filter((term) => term !== ''),
  };
}
