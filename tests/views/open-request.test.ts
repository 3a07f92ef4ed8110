import { expect, test } from 'vitest';
import { COLUMN, type Trace } from '../../src/trace/trace.ts';
import { clientState } from '../../src/views/stage/client-state.ts';
import { simulated } from './run.ts';

const EVERY_US = 50_000;

/** What the cards of a run's clients say while their requests are unanswered, by transport and without times. */
function cardsOf(trace: Trace): Map<string, Set<string>> {
  const { clients, endUs } = trace.header as NonNullable<Trace['header']>;
  const said = new Map(clients.map(({ transport }) => [transport, new Set<string>()]));
  for (let us = 0; us < endUs; us += EVERY_US)
    clients.forEach(({ transport }, client) => {
      const { text } = clientState(trace, trace.header as NonNullable<Trace['header']>, client, us).fact;
      if (/^(request held|no answer yet|\w+, unheard) /.test(text))
        said.get(transport)?.add(text.replace(/ [\d.]+\s\w+$/, ''));
    });
  return said;
}

test('behind a proxy that collects bytes a stream is open and unheard, and a held request is held', () => {
  const said = cardsOf(simulated('buffering-proxy'));
  expect(said.get('sse')).toEqual(new Set(['streaming, unheard']));
  expect(said.get('long-polling')).toEqual(new Set(['request held']));
});

test('a poll that its server is at work on is held by nobody', () => {
  const said = cardsOf(simulated('lossy-mobile'));
  expect(said.get('polling')).toEqual(new Set(['no answer yet']));
  expect(said.get('long-polling')).toEqual(new Set(['request held', 'no answer yet']));
});

test('a request is held exactly while the server’s machine is in that state, and the client knows of no answer', () => {
  const trace = simulated('race');
  const header = trace.header as NonNullable<Trace['header']>;
  const client = header.clients.findIndex(({ transport }) => transport === 'long-polling');
  const moved = trace.table('machine.moved');
  const { to, from } = COLUMN['machine.moved'];
  const spans: [fromUs: number, toUs: number][] = [];
  for (let row = 0; row < moved.length; row++) {
    if (trace.strings[moved.get(row, to)] === 'held') spans.push([moved.atUs(row), header.endUs]);
    else if (trace.strings[moved.get(row, from)] === 'held') spans.at(-1)![1] = moved.atUs(row);
  }
  expect(spans.length).toBeGreaterThan(10);
  for (let us = 0; us < header.endUs; us += EVERY_US) {
    const isHeld = spans.some(([fromUs, toUs]) => fromUs <= us && us < toUs);
    if (/^request held/.test(clientState(trace, header, client, us).fact.text) !== isHeld)
      throw new Error(`${us} µs: ${clientState(trace, header, client, us).fact.text}, held: ${isHeld}`);
  }
});
