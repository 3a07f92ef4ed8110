import { describe, expect, test } from 'vitest';
import { PACKET } from '../../src/trace/kinds.ts';
import { nowSentence, type Subject, storyOf } from '../../src/trace/story/index.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { clientState } from '../../src/views/stage/client-state.ts';
import { simulated } from './run.ts';

const SENT = COLUMN['packet.sent'];
/** With this seed and loss a query and an answer of the second reader are lost. */
const trace = simulated('lost-datagram', { seed: 11, 'network.dns.lossPct': 0.8 });
const packets = trace.table('packet.sent');
const lost = Array.from({ length: packets.length }, (_, row) => row).filter(
  (row) => packets.get(row, SENT.what) & PACKET.DNS && packets.get(row, SENT.dropsAtUs) >= 0,
);
const [query = -1, answer = -1] = lost;
const told = (of: Trace, subject: Subject) => storyOf(of, subject, of.knownUntilUs);
const plain = (text = '') => text.replaceAll('\u00a0', ' ');

describe('what is said of a lost datagram', () => {
  test('there are two, of one reader', () => expect(lost).toHaveLength(2));

  test('of the packet: UDP repeats nothing, the resolver asks again', () => {
    for (const row of [query, answer]) {
      const story = told(trace, { kind: 'packet', seq: packets.get(row, 0) });
      expect(plain(story?.sentence)).toContain(
        'Lost: chance loss; UDP repeats nothing, and the resolver asks again after 5 s without an answer.',
      );
      expect(story?.terms).toContain('UDP');
    }
    const again = told(trace, { kind: 'packet', seq: packets.get(query, 0) })?.steps.at(-1);
    expect(again?.atUs).toBe(packets.atUs(query) + 5_000_000);
    expect(plain(again?.detail)).toContain('no answer for 5');
  });

  test('of the query that goes again: how long there was no answer', () => {
    const next = [...trace.all(['packet.sent'])].find(({ why }) => why === 6);
    const story = told(trace, { kind: 'packet', seq: next!.seq });
    expect(plain(story?.steps.map(({ detail }) => detail).join(' '))).toMatch(
      /no answer for 5\S* s: the resolver’s timer/,
    );
  });

  test('of the connection that waited for it: each datagram, and that nobody else noticed', () => {
    const attempted = trace.table('connection.attempted');
    const { connection, client } = COLUMN['connection.attempted'];
    const waited = Array.from({ length: attempted.length }, (_, row) => row).filter(
      (row) => attempted.get(row, client) === 1 && attempted.atUs(row) > packets.atUs(query),
    );
    const steps = (row: number) =>
      told(trace, { kind: 'connection', connection: attempted.get(row, connection) })?.steps.map(({ text }) =>
        plain(text),
      );
    expect(steps(waited[0]!)?.slice(0, 3)).toEqual([
      'DNS query lost',
      'DNS query again',
      'the server’s name is resolved after 5.02 s',
    ]);
    const beside = Array.from({ length: attempted.length }, (_, row) => row).find(
      (row) => attempted.get(row, client) === 0 && attempted.atUs(row) > packets.atUs(query),
    );
    expect(steps(beside!)?.[0]).toBe('the server’s name is resolved after 20 ms');
  });

  test.each([
    ['query', query, 'A DNS query of Fresh 2 was lost (chance loss).'],
    ['answer', answer, 'The answer to a DNS query of Fresh 2 was lost (chance loss).'],
  ])('at the moment, of the %s', (_, row, headline) => {
    const now = nowSentence(trace, packets.atUs(row) + packets.get(row, SENT.dropsAtUs))!;
    expect(plain(now.headline)).toBe(headline);
    expect(now.why).toMatch(
      /^UDP sends nothing again, and nobody is told: the query goes again after five seconds/,
    );
  });

  test('on its client’s card, once it takes longer than it should, and on no other', () => {
    const card = (client: number, afterUs: number) =>
      plain(clientState(trace, trace.header!, client, packets.atUs(query) + afterUs).fact.text);
    expect(card(1, 20_000)).not.toContain('DNS');
    expect(card(1, 1_000_000)).toBe('DNS lookup 1.0 s');
    expect(card(1, 5_010_000)).toBe('DNS lookup 5.0 s');
    expect(card(1, 5_020_000)).not.toContain('DNS');
    expect([0, 2, 3].map((client) => card(client, 1_000_000)).join()).not.toContain('DNS');
  });
});
