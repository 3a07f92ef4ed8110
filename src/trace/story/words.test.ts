import { expect, test } from 'vitest';
import type { TraceHeader } from '../header.ts';
import { Trace } from '../trace.ts';
import { clientName, theClient } from './words.ts';

/** A trace whose header has these clients and nothing else. */
function traceWith(...clients: [name: string, group: string, groupTitle: string][]): Trace {
  const trace = new Trace('all');
  trace.header = {
    loadBalancer: null,
    proxy: null,
    clients: clients.map(([name, group, groupTitle]) => ({ name, group, groupTitle })),
  } as unknown as TraceHeader;
  return trace;
}

test('a client has a number in a sentence where its group has several, whatever the group is called', () => {
  const trace = traceWith(
    ['phase-2', 'phase-2', 'phase-2'],
    ['http', 'http', 'HTTP 2'],
    ['sse/1', 'sse', 'SSE'],
    ['sse/2', 'sse', 'SSE'],
    ['wave-3/1', 'wave-3', 'wave-3'],
    ['wave-3/2', 'wave-3', 'wave-3'],
  );
  const clients = [0, 1, 2, 3, 4, 5];
  expect(clients.map((client) => clientName(trace, client))).toEqual([
    'Phase 2',
    'HTTP 2',
    'SSE 1',
    'SSE 2',
    'Wave 3 1',
    'Wave 3 2',
  ]);
  expect(clients.map((client) => theClient(trace, client))).toEqual([
    'the Phase 2 client',
    'the HTTP 2 client',
    'SSE 1',
    'SSE 2',
    'Wave 3 1',
    'Wave 3 2',
  ]);
});

test('a client that the header does not have goes by its number', () => {
  expect(theClient(traceWith(), 4)).toBe('client 5');
  expect(theClient(new Trace('all'), 4)).toBe('client 5');
});
