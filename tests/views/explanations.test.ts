import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXPLANATIONS, type Story, type Subject, storyOf } from '../../src/trace/story/index.ts';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { clean, presetWith, traceOf } from './story-runs.ts';

const SRC = join(import.meta.dirname, '../../src');

/** All of what is written where a rule may be named: not the rules themselves. */
const written = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(trace|views|pages).*\.tsx?$/.test(file) && !/story.rules-/.test(file))
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

describe('each rule', () => {
  test.each([...EXPLANATIONS.values()])(
    '$term: is short, has its source, and is offered somewhere',
    (one) => {
      expect(one.rule).toMatch(/^[A-Z].*\.$/);
      expect(one.rule.length).toBeLessThan(600);
      expect(one.source).not.toBe('');
      expect(written.includes(`'${one.term}'`) || written.includes(`"${one.term}"`)).toBe(true);
    },
  );
});

const stepTerms = (story: Story | null) => (story?.steps ?? []).map(({ term = '' }) => term);
const told = (trace: Trace, subject: Subject) => storyOf(trace, subject, trace.knownUntilUs);

/** The terms of all steps of all deliveries to a client. */
function deliveryTerms(trace: Trace, client: number): Set<string> {
  const messages = trace.table('message.published').length;
  return new Set(
    Array.from({ length: messages }, (_, i) =>
      told(trace, { kind: 'message', message: i + 1, client }),
    ).flatMap((story) => [...stepTerms(story), ...(story?.terms ?? [])]),
  );
}

describe('a mechanism is named where it shows', () => {
  const plain = traceOf(clean({ kind: 'websocket' }, 500));

  test('a new connection: the name, TCP, TLS, and how it begins to send', () => {
    const story = told(plain, { kind: 'connection', connection: 1 });
    expect(stepTerms(story)).toEqual(expect.arrayContaining(['DNS cache', 'TCP handshake', 'TLS handshake']));
    expect(story?.terms).toEqual(expect.arrayContaining(['slow start', 'Nagle off', 'delayed ACK']));
  });

  test('a packet: DNS goes by UDP, data at once, an acknowledgement may wait', () => {
    const packets = plain.table('packet.sent');
    const termsOfAll = new Set(
      Array.from({ length: packets.length }, (_, row) =>
        told(plain, { kind: 'packet', seq: packets.get(row, 0) }),
      ).flatMap((story) => story?.terms ?? []),
    );
    for (const term of ['UDP', 'TCP handshake', 'Nagle off', 'delayed ACK'])
      expect(termsOfAll).toContain(term);
  });

  test('one message at a time is no batch', () => {
    expect(deliveryTerms(plain, 0)).not.toContain('batching');
    expect(deliveryTerms(plain, 0)).toContain('server CPU');
  });

  test('a server that gathers', () => {
    const batched = traceOf(clean({ kind: 'websocket' }, 20, [], { servers: { batchMs: 100 } }));
    expect(deliveryTerms(batched, 0)).toContain('batching');
  });

  test('a load balancer: what passes through it, and what its checks found', () => {
    const trace = traceOf(presetWith('sticky-cookie', {}));
    const terms = deliveryTerms(trace, 0);
    for (const term of ['layer 7', 'streaming and buffering']) expect(terms).toContain(term);
    const checked = trace.table('health.changed').get(0, COLUMN['health.changed'].server);
    expect(stepTerms(told(trace, { kind: 'server', server: checked }))).toContain('health checks');
  });

  test('a gap that a client noticed, and what came twice', () => {
    const gaps = traceOf(presetWith('redis-away', {}));
    const client = gaps.table('gap.noticed').get(0, COLUMN['gap.noticed'].client);
    expect(stepTerms(told(gaps, { kind: 'client', client }))).toContain('gap detection');

    const twice = traceOf(presetWith('pubsub-late-ack', {}));
    const repeats = twice.table('message.duplicated');
    const column = COLUMN['message.duplicated'];
    const story = told(twice, {
      kind: 'message',
      message: repeats.get(0, column.message),
      client: repeats.get(0, column.client),
    });
    expect(stepTerms(story)).toContain('de-duplication');
  });
});
